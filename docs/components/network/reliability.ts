import * as Plot from "@observablehq/plot";
import type {ReliabilityPoint, RunDetail} from "../../../src/report/results/artifact.js";
import {count, percent} from "../shared/format.js";
import {chart, narrow} from "../shared/plot.js";

/** The bins of confidence as rows, before and after temperature scaling: for the chart and the download. */
export const reliabilityRows = ({raw, calibrated}: RunDetail["reliability"]) => [
  ...raw.map((point) => ({kind: "as predicted", ...point})),
  ...(calibrated ?? []).map((point) => ({kind: "with the temperature", ...point}))
];

/** Accuracy of the images in each bin of confidence: on the diagonal, a confidence of 80% is right 8 times in 10. */
export function reliabilityDiagram(reliability: RunDetail["reliability"], {width = 640}: {width?: number} = {}) {
  const rows = reliabilityRows(reliability);
  const kinds = [...new Set(rows.map(({kind}) => kind))];
  const stacked = width < narrow;
  const facet = stacked ? "fy" : "fx";
  const words = (p: ReliabilityPoint) =>
    `confidence ${percent(p.confidence, 0)}: ${percent(p.accuracy, 0)} of ${count(p.count)} images right`;
  return chart({
    ariaLabel: "Reliability diagram",
    ariaDescription: kinds
      .map((kind) => `${kind}: ${rows.flatMap((row) => (row.kind === kind ? words(row) : [])).join("; ")}`)
      .join(". "),
    width,
    height: stacked ? 300 * kinds.length : 330,
    marginLeft: 44,
    marginRight: stacked ? 90 : 20,
    marginBottom: 38,
    marginTop: 32,
    x: {domain: [0, 1], label: "confidence →", ticks: 5, grid: true, tickFormat: "%"},
    y: {domain: [0, 1], label: "↑ right predictions", ticks: 5, grid: true, tickFormat: "%"},
    r: {range: [2, 11], domain: [0, Math.max(...rows.map((p) => p.count))]},
    [facet]: {domain: kinds, label: null},
    marks: [
      Plot.link([0], {x1: 0, y1: 0, x2: 1, y2: 1, strokeOpacity: 0.4, strokeDasharray: "3 3"}),
      Plot.ruleX(rows, {x: "confidence", y1: "confidence", y2: "accuracy", [facet]: "kind", strokeWidth: 1.5}),
      Plot.dot(rows, {
        ...{x: "confidence", y: "accuracy", r: "count", [facet]: "kind", title: words},
        fill: "currentColor",
        stroke: "var(--theme-background)"
      })
    ]
  });
}
