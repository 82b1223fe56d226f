import * as Plot from "@observablehq/plot";
import {group} from "d3";
import type {PretrainingArtifact} from "../../../src/report/pretraining/artifact.js";
import {among, count, estimate, list, percent} from "../shared/format.js";
import {chart} from "../shared/plot.js";
import {startScales} from "./starts.js";

type Run = PretrainingArtifact["runs"][number];

/** Networks that were trained on more than one share of the images. */
export const fractioned = (runs: readonly Run[]): Run[] =>
  runs.filter((run) => runs.some((other) => other.model === run.model && other.fraction !== run.fraction));

/** How many updates of the weights runs had, by share of the images. */
export const describeUpdates = (runs: readonly Run[]): string =>
  list(
    [...group(runs, ({fraction}) => fraction)].map(
      ([fraction, same]) =>
        `${among(
          same.map(({batches, validation}) => batches * validation.length),
          count
        )} with ${percent(fraction, 0)}`
    )
  );

/** The runs as rows for the download. */
export const fractionRows = (runs: readonly Run[]) =>
  runs.map(({run, network, start, seed, fraction, macroF1: {value, low, high}}) => ({
    ...{run, network, start, seed, fraction},
    ...{macroF1: value, macroF1_low: low, macroF1_high: high}
  }));

/**
 * Macro F1 on the test images against the share of the training images, a dot a run, a line through each start's means.
 */
export function fractionPlot(runs: readonly Run[], {width = 640, starts}: {width?: number; starts: string[]}) {
  const rows = fractionRows(runs);
  const scales = startScales(starts);
  return chart({
    ariaLabel: "Macro F1 by share of the training images",
    ariaDescription: runs.map((r) => `${r.title}, ${percent(r.fraction, 0)}: ${estimate(r.macroF1)}`).join("; "),
    width,
    height: 320,
    marginLeft: 40,
    marginBottom: 40,
    x: {
      type: "log",
      label: "share of the training images →",
      tickFormat: "%",
      ticks: [...new Set(rows.map((r) => r.fraction))]
    },
    y: {label: "↑ macro F1 on the test images", grid: true, nice: true},
    color: {...scales.color, legend: false},
    symbol: scales.symbol,
    marks: [
      Plot.line(rows, Plot.groupX({y: "mean"}, {x: "fraction", y: "macroF1", stroke: "start", strokeWidth: 1.6})),
      Plot.dot(rows, {x: "fraction", y: "macroF1", stroke: "start", symbol: "start", r: 4})
    ]
  });
}
