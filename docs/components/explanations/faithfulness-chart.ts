import type {EstimateWith} from "measures";
import * as Plot from "@observablehq/plot";
import type {ExplanationsArtifact} from "../../../src/report/explanations/artifact.js";
import {difference} from "../claims/comparisons.js";
import {forestPlot} from "../shared/forest-plot.js";
import {estimate, plural} from "../shared/format.js";
import {chart} from "../shared/plot.js";

type Run = ExplanationsArtifact["faithfulness"][number];
type Test = Run["tests"][number];
type Kind = Test["kind"];
/** Another order, with which that of the map is compared. */
export type Against = "centre" | "random";

const orderTitles = {map: "by the map", centre: "from the middle", random: "at random"};
const dashes = {map: undefined, centre: "6 3", random: "2 3"};

/** The mean curves of a test: probability of the class against the share of pixels that have gone or come. */
export function faithfulnessChart({kind, orders}: Test, {width = 340}: {width?: number} = {}) {
  const points = orders.flatMap(({order, curve}) =>
    curve.map((probability, i) => ({order, share: i / (curve.length - 1), probability}))
  );
  const [title, verb] =
    kind === "deletion" ? ["Deletion", "replaced by grey"] : ["Insertion", "back in the blurred image"];
  return chart({
    ariaLabel: `${title}: probability of the predicted class`,
    ariaDescription: orders.map(({order, area}) => `${orderTitles[order]}: area ${estimate(area)}`).join("; "),
    width,
    height: 240,
    marginTop: 24,
    marginBottom: 40,
    x: {label: `pixels ${verb}`, labelAnchor: "center", tickFormat: ".0%", ticks: 5},
    y: {domain: [0, 1], label: `${title}: probability`, grid: true, tickFormat: ".0%", ticks: 5},
    marks: orders.map(({order}) =>
      Plot.line(
        points.filter((point) => point.order === order),
        {x: "share", y: "probability", strokeWidth: order === "map" ? 2.5 : 1.5, strokeDasharray: dashes[order]}
      )
    )
  });
}

/** What the lines of the curves stand for. */
export const faithfulnessWords = "Solid: in the order of the map. Dashed: from the middle outwards. Dotted: at random.";

const reversed = ({value, low, high, n}: EstimateWith<"n">): EstimateWith<"n"> => ({
  value: -value,
  low: -high,
  high: -low,
  n
});

/**
 * By how much the order of the map does better than another, one row a run: in deletion by a smaller area, in insertion
 * by a larger one.
 */
export const gainRows = (runs: readonly Run[], kind: Kind, against: Against) =>
  runs.flatMap(({run, title, tests}) =>
    tests
      .filter((test) => test.kind === kind)
      .map(({minusCentre, minusRandom}) => {
        const difference = against === "centre" ? minusCentre : minusRandom;
        return {run, title, ...(kind === "deletion" ? reversed(difference) : difference)};
      })
  );

/** In how many runs maps order pixels better than by chance or from the middle. */
export function describeFaithfulness(runs: readonly Run[]): string {
  const better = (kind: Kind, against: Against) => gainRows(runs, kind, against).filter(({low}) => low > 0).length;
  const both = (against: Against) =>
    `in ${better("deletion", against)} by deletion, in ${better("insertion", against)} by insertion`;
  return (
    `Of ${plural(runs.length, "run")}, the order of the map beats one from the middle outwards ${both("centre")}; ` +
    `it beats chance ${both("random")}, by the whole 95% interval.`
  );
}

/** The gains of every run with their intervals. */
export const gainChart = (runs: readonly Run[], kind: Kind, {width, against}: {width?: number; against: Against}) =>
  forestPlot(gainRows(runs, kind, against), {
    width,
    ariaLabel: `What the order of the map gains by ${kind} over one ${orderTitles[against]}`,
    words: difference,
    x: {label: `← worse | area, ${kind} | better →`, nice: true, tickFormat: "+f"},
    marks: [Plot.ruleX([0], {strokeWidth: 1.5})]
  });

/** The areas as rows for the download. */
export const faithfulnessRows = (runs: readonly Run[]) =>
  runs.flatMap(({run, tests}) =>
    tests.flatMap(({kind, orders}) => orders.map(({order, area}) => ({run, kind, order, ...area})))
  );
