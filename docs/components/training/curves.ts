import * as Plot from "@observablehq/plot";
import type {RunHistory, TrainingPhase} from "../../../src/report/training/artifact.js";
import {score} from "../shared/format.js";
import {phaseStarts} from "./phase-marks.js";
import {chart, wholeTicks} from "../shared/plot.js";

export type TrainingRun = RunHistory;
export type Epoch = TrainingRun["epochs"][number];

export interface Series {
  /** Written at the end of the line. */
  label: string;
  /** Null where there is no value. */
  value: (epoch: Epoch) => number | null;
  dashed?: boolean;
  stroke?: string;
}

export interface CurveOptions {
  width?: number;
  /** What is drawn: "Loss". */
  label: string;
  phases: readonly TrainingPhase[];
  /** Smallest and largest value; from 0 to the largest where it is not given. */
  domain?: [number, number];
}

/** Values after every epoch; a rule where a phase begins, a ring around the epoch whose weights were kept. */
export function epochCurves(
  epochs: readonly Epoch[],
  series: Series[],
  {width = 420, label, phases, domain}: CurveOptions
) {
  const rows = series.flatMap((s) => epochs.map((e) => ({...s, epoch: e.epoch, value: s.value(e), kept: e.selected})));
  const last = epochs.at(-1);
  const kept = epochs.find((e) => e.selected);
  // Labels of lines that end close to each other are moved apart, the higher one up.
  const ends = rows.filter((d) => d.epoch === last?.epoch).sort((a, b) => (b.value ?? 0) - (a.value ?? 0));
  const xy = {x: "epoch", y: "value"};
  const describe = (e: Epoch) => series.map((s) => `${s.label} ${score(s.value(e), 3)}`).join(", ");
  return chart({
    ariaLabel: `${label} after every epoch`,
    ariaDescription: [
      last && `Last, epoch ${last.epoch}: ${describe(last)}.`,
      kept && `Kept, epoch ${kept.epoch}: ${describe(kept)}.`
    ]
      .filter(Boolean)
      .join(" "),
    width,
    height: 250,
    marginTop: 34,
    marginRight: 76,
    marginBottom: 36,
    marginLeft: 34,
    x: {
      label: "epoch →",
      labelAnchor: "right",
      domain: [epochs[0]?.epoch ?? 0, last?.epoch ?? 1],
      ticks: wholeTicks(epochs[0]?.epoch ?? 0, last?.epoch ?? 1),
      tickFormat: "d"
    },
    y: {label: null, grid: true, ...(domain ? {domain} : {zero: true, nice: true}), ticks: 5},
    marks: [
      ...phaseStarts(phases, "firstEpoch"),
      ...series.map((s) =>
        Plot.line(
          rows.filter((d) => d.label === s.label),
          {...xy, stroke: s.stroke, strokeWidth: 1.8, strokeDasharray: s.dashed ? "5 3" : undefined}
        )
      ),
      Plot.dot(
        rows.filter((d) => d.kept && !d.dashed),
        {
          ...xy,
          r: 5,
          fill: "var(--theme-background)",
          stroke: (d: Series) => d.stroke ?? "currentColor",
          strokeWidth: 2
        }
      ),
      ...ends.map((d, i) =>
        Plot.text([d], {
          ...xy,
          text: "label",
          textAnchor: "start",
          dx: 8,
          dy: 13 * (i - (ends.length - 1) / 2),
          fill: d.stroke ?? "currentColor"
        })
      )
    ]
  });
}
