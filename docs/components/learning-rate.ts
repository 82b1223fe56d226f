import * as Plot from "@observablehq/plot";
import {chart} from "./plot.js";

/** The learning rate at every step of the training. */
export function learningRateCurve(rates: readonly number[], {width = 640}: {width?: number} = {}) {
  const peak = Math.max(...rates);
  return chart({
    ariaLabel: "Learning rate by step",
    ariaDescription: `${rates.length} steps; the learning rate peaks at ${peak.toPrecision(2)}.`,
    width,
    height: 170,
    marginBottom: 36,
    marginLeft: 56,
    x: {label: "step →", labelAnchor: "right"},
    y: {label: null, grid: true, ticks: 4, tickFormat: "~e"},
    marks: [Plot.lineY(rates, {strokeWidth: 1.8})]
  });
}
