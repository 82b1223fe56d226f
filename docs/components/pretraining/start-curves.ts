import * as Plot from "@observablehq/plot";
import type {PretrainingArtifact} from "../../../src/report/pretraining/artifact.js";
import {score} from "../shared/format.js";
import {chart, wholeTicks} from "../shared/plot.js";
import {startScales} from "./starts.js";

type Run = PretrainingArtifact["runs"][number];

/** Macro F1 on validation after every epoch as rows: for the chart and the download. */
export const startRows = (runs: readonly Run[]) =>
  runs.flatMap(({run, network, start, seed, fraction, validation}) =>
    validation.map((macroF1, i) => ({run, network, start, seed, fraction, epoch: i + 1, macroF1}))
  );

/** The runs of one network, a line each in the colour of its start, dashed where it saw a part of the images. */
export function startCurves(runs: readonly Run[], {width = 420, starts}: {width?: number; starts: string[]}) {
  const {color} = startScales(starts);
  const lines = (shown: readonly Run[], strokeDasharray?: string) =>
    Plot.line(startRows(shown), {
      x: "epoch",
      y: "macroF1",
      z: "run",
      stroke: "start",
      strokeWidth: 1.6,
      strokeDasharray
    });
  const epochs = Math.max(1, ...runs.map(({validation}) => validation.length));
  return chart({
    ariaLabel: `Macro F1 on validation after every epoch, ${runs[0]?.network ?? "no network"}`,
    ariaDescription: runs.map((r) => `${r.title}: best ${score(Math.max(...r.validation), 3)}`).join("; "),
    width,
    height: 240,
    marginLeft: 36,
    marginBottom: 36,
    x: {label: "epoch →", labelAnchor: "right", ticks: wholeTicks(1, epochs), tickFormat: "d"},
    y: {label: null, domain: [0, 1], ticks: 5, grid: true},
    color: {...color, legend: false},
    marks: [
      lines(runs.filter(({fraction}) => fraction === 1)),
      lines(
        runs.filter(({fraction}) => fraction < 1),
        "4 3"
      )
    ]
  });
}
