import * as Plot from "@observablehq/plot";
import type {PlausibilityArtifact} from "../../../src/report/predict/artifact.js";
import {percent} from "../shared/format.js";
import {chart} from "../shared/plot.js";

type Network = PlausibilityArtifact["networks"][number];

/** Both shares at every limit, as rows for the chart and the download. */
export const curveRows = ({curve}: Pick<Network, "curve">) =>
  curve.map(({tolerated, frontal, other}) => ({
    tolerated,
    ...{radiographs: frontal.value, radiographs_low: frontal.low, radiographs_high: frontal.high},
    ...{others: other.value, others_low: other.low, others_high: other.high}
  }));

/**
 * How much of what is no radiograph is flagged against how many radiographs are, over limits; the one that holds is
 * ringed.
 */
export function flaggedCurve(network: Network, {width = 560, tolerated}: {width?: number; tolerated: number}) {
  const rows = curveRows(network);
  const held = rows.filter((row) => row.tolerated === tolerated);
  const least = Math.min(...rows.map((row) => row.others_low));
  const most = Math.max(...rows.map((row) => row.radiographs_high));
  return chart({
    ariaLabel: "What is flagged at other limits",
    ariaDescription: rows
      .map((row) => `${percent(row.radiographs)} of radiographs, ${percent(row.others)} of all else`)
      .join("; "),
    width,
    height: Math.min(width, 340),
    marginLeft: 48,
    marginBottom: 40,
    marginTop: 26,
    x: {domain: [0, most], label: "radiographs flagged →", tickFormat: "%", grid: true, ticks: 6},
    y: {
      domain: [Math.floor(10 * least) / 10, 1],
      label: "↑ of what is none, flagged",
      tickFormat: "%",
      grid: true,
      ticks: 5
    },
    marks: [
      Plot.line(rows, {x: "radiographs", y: "others", strokeWidth: 1.8}),
      Plot.dot(rows, {x: "radiographs", y: "others", r: 2.5, fill: "currentColor"}),
      Plot.link(held, {x1: "radiographs_low", x2: "radiographs_high", y: "others"}),
      Plot.link(held, {x: "radiographs", y1: "others_low", y2: "others_high"}),
      Plot.dot(held, {x: "radiographs", y: "others", r: 6.5, strokeWidth: 1.8})
    ]
  });
}
