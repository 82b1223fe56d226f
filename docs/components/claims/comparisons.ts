import type {Estimate} from "measures";
import {html} from "htl";
import type {Comparison} from "../../../src/report/results/artifact.js";
import {count, plural, score} from "../shared/format.js";
import {type Behind, lens, type LensOptions} from "../lens/lens.js";
import {type Column, dataTable} from "../shared/table.js";

/** A difference with its sign and interval: "+0.16 (0.08 to 0.24)". */
export const difference = ({value, low, high}: Estimate): string =>
  `${value > 0 ? "+" : ""}${score(value)} (${score(low)} to ${score(high)})`;

/** A p-value as far as it can be told: "0.03", "<0.001". */
export const pValue = (p: number): string => (p < 0.001 ? "<0.001" : score(p, p < 0.1 ? 3 : 2));

const number = (label: string, value: Column<Comparison>["value"]): Column<Comparison> => ({
  label,
  value,
  align: "right"
});

/** The p-value that is left after correction for all comparisons of the table. */
const corrected = (p: number): HTMLElement => html`<span class="remark">Holm ${pValue(p)}</span>`;

/** Behind a difference of two: the images that only one of them gets right. */
export const behindComparison = ({a, b, mcnemar: {onlyA, onlyB}, apart}: Comparison): Behind => ({
  title: `${a.title} and ${b.title}`,
  words: [`${plural(onlyA, "image")} only the first gets right, ${count(onlyB)} only the second.`],
  parts: [
    {title: "Only the first", rows: apart.onlyA},
    {title: "Only the second", rows: apart.onlyB}
  ]
});

const rightAlone = (comparison: Comparison, options: LensOptions) => {
  const {onlyA, onlyB} = comparison.mcnemar;
  return lens(`${count(onlyA)} : ${count(onlyB)}`, behindComparison(comparison), options);
};

/**
 * By how much the best run is ahead of each of the others; a lens shows the images that only one of the two gets right.
 */
export const comparisonTable = (comparisons: readonly Comparison[], options: LensOptions = {}): HTMLElement =>
  dataTable<Comparison>(
    [
      {label: "Against", header: true, value: ({b}) => b.title},
      number("Accuracy", ({accuracy}) => difference(accuracy)),
      number("Macro F1", ({macroF1, holm}) => html`<span>${difference(macroF1)}${corrected(holm.macroF1)}</span>`),
      number("Weighted F1", ({weightedF1}) => difference(weightedF1)),
      number("Right alone", (comparison) => rightAlone(comparison, options)),
      number("McNemar, p", ({mcnemar, holm}) => html`<span>${pValue(mcnemar.p)}${corrected(holm.mcnemar)}</span>`)
    ],
    comparisons,
    {label: "The best run against the others"}
  );

/** The comparisons as rows for the download. */
export const comparisonRows = (comparisons: readonly Comparison[]) =>
  comparisons.map(({a, b, mcnemar, holm, ...differences}) => ({
    a: a.run,
    b: b.run,
    ...Object.fromEntries(
      (["accuracy", "macroF1", "weightedF1"] as const).flatMap((name) =>
        (["value", "low", "high", "p"] as const).map((part) => [`${name}_${part}`, differences[name][part]])
      )
    ),
    ...mcnemar,
    holm: holm.mcnemar,
    macroF1_holm: holm.macroF1
  }));
