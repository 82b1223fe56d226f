import * as Plot from "@observablehq/plot";
import {difference} from "../claims/comparisons.js";
import {plural} from "../shared/format.js";
import {pairShare} from "../shared/pair-label.js";
import {chart, narrow} from "../shared/plot.js";
import {deciding, type Pair} from "../pretraining/pretraining-gain.js";

/** One line for each network and share of the images: the gain, its interval, and what that rests on. */
export const gainRows = (pairs: readonly Pair[]) =>
  [...pairs]
    .sort((a, b) => a.network.localeCompare(b.network) || b.fraction - a.fraction)
    .map((pair) => {
      const {value, low, high} = deciding(pair);
      return {
        ...{network: pair.network, fraction: pair.fraction, title: `${pair.network}, ${pairShare(pair)}`},
        ...{seeds: pair.spread.n, value, low, high, settled: low > 0 || high < 0}
      };
    });

type Row = ReturnType<typeof gainRows>[number];
const words = (row: Row): string => `${difference(row)}, ${plural(row.seeds, "seed")}`;

const label = {y: "title", fill: "currentColor"};
const labelsBeside = (rows: readonly Row[]) => [
  Plot.text(rows, {...label, text: "title", frameAnchor: "left", textAnchor: "end", dx: -12}),
  Plot.text(rows, {...label, text: words, frameAnchor: "right", textAnchor: "start", dx: 12})
];
const halo = {stroke: "var(--theme-background)", strokeWidth: 4, frameAnchor: "left"} as const;
const labelsAbove = (rows: readonly Row[]) => [
  Plot.text(rows, {...label, ...halo, text: "title", dy: -31}),
  Plot.text(rows, {...label, ...halo, text: words, dy: -16})
];

/**
 * What ImageNet adds to each network: a filled dot where the interval leaves zero out, a hollow one where it does not.
 */
export function answerPlot(rows: readonly Row[], {width = 640}: {width?: number} = {}) {
  const stacked = width < narrow;
  return chart({
    ariaLabel: "Gain in macro F1 from ImageNet over random weights",
    ariaDescription: rows.map((row) => `${row.title}: ${words(row)}`).join("; "),
    width,
    height: 60 + (stacked ? 72 : 44) * rows.length,
    marginLeft: stacked ? 12 : 250,
    marginRight: stacked ? 12 : 170,
    marginTop: 8,
    marginBottom: 40,
    x: {
      label: "← random better | macro F1 | ImageNet better →",
      labelAnchor: "center",
      grid: true,
      nice: true,
      ticks: 4,
      tickFormat: "+f"
    },
    y: {axis: null, type: "point", domain: rows.map(({title}) => title), padding: 0.6},
    marks: [
      Plot.ruleX([0], {strokeWidth: 1.5}),
      Plot.link(rows, {x1: "low", x2: "high", y: "title", strokeWidth: 3, strokeLinecap: "round", strokeOpacity: 0.55}),
      Plot.dot(rows, {
        ...{x: "value", y: "title", r: 6, stroke: "currentColor", strokeWidth: 2},
        fill: (row: Row) => (row.settled ? "currentColor" : "var(--theme-background)")
      }),
      ...(stacked ? labelsAbove(rows) : labelsBeside(rows))
    ]
  });
}
