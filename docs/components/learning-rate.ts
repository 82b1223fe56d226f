import * as Plot from "@observablehq/plot";
import type {RunHistory} from "../../src/loaders/types.js";
import {chart} from "./plot.js";

/** The learning rate over the steps of the training. */
export function learningRateCurve(rates: RunHistory["learningRate"], {width = 640}: {width?: number} = {}) {
  const peak = Math.max(...rates.map(({rate}) => rate));
  return chart({
    ariaLabel: "Learning rate by step",
    ariaDescription: `${(rates.at(-1)?.step ?? 0) + 1} steps; the learning rate peaks at ${peak.toPrecision(2)}.`,
    width,
    height: 170,
    marginBottom: 36,
    marginLeft: 56,
    x: {label: "step →", labelAnchor: "right"},
    y: {label: null, grid: true, ticks: 4, tickFormat: "~e"},
    marks: [Plot.lineY(rates, {x: "step", y: "rate", strokeWidth: 1.8})]
  });
}
