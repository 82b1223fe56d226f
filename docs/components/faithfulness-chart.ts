import * as Plot from "@observablehq/plot";
import type {ExplanationsArtifact, MeanEstimate} from "../../src/loaders/types.js";
import {estimate, score} from "./format.js";
import {chart} from "./plot.js";
import {dataTable} from "./table.js";

type Run = ExplanationsArtifact["faithfulness"][number];
type Test = Run["tests"][number];

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

const signed = (value: number, digits = 3) => (value > 0 ? "+" : "") + score(value, digits);
const difference = ({value, low, high}: MeanEstimate) => `${signed(value)} (${signed(low)} to ${signed(high)})`;

/** The areas of every run, and how they differ from those of the other orders. */
export const faithfulnessTable = (runs: readonly Run[]): HTMLElement =>
  dataTable(
    [
      {label: "Run", header: true, value: ({title}) => title},
      {label: "Test", value: ({test}) => test.kind},
      {label: "Area, by the map", align: "right", value: ({test}) => score(test.orders[0].area.value, 3)},
      {label: "minus random", align: "right", value: ({test}) => difference(test.minusRandom)},
      {label: "minus middle", align: "right", value: ({test}) => difference(test.minusCentre)}
    ],
    runs.flatMap(({title, tests}) => tests.map((test) => ({title, test}))),
    {label: "Areas below the curves of deletion and insertion"}
  );

/** The areas as rows for the download. */
export const faithfulnessRows = (runs: readonly Run[]) =>
  runs.flatMap(({run, tests}) =>
    tests.flatMap(({kind, orders}) => orders.map(({order, area}) => ({run, kind, order, ...area})))
  );
