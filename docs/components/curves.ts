import * as Plot from "@observablehq/plot";
import {type Epoch, phases} from "./phases.js";
import {chart} from "./plot.js";

export interface Series {
  key: "trainLoss" | "validationLoss" | "validationAccuracy" | "validationMacroF1";
  /** Written at the end of the line. */
  label: string;
  dashed?: boolean;
}

export const lossSeries: Series[] = [
  {key: "validationLoss", label: "validation"},
  {key: "trainLoss", label: "training", dashed: true}
];

export const scoreSeries: Series[] = [
  {key: "validationMacroF1", label: "macro F1"},
  {key: "validationAccuracy", label: "accuracy", dashed: true}
];

export interface CurveOptions {
  width?: number;
  /** What is drawn: "Loss". */
  label: string;
  /** Smallest and largest value; from 0 to the largest where it is not given. */
  domain?: [number, number];
}

/** Values after every epoch; a rule where a phase begins, a ring around the epoch whose weights were kept. */
export function epochCurves(epochs: readonly Epoch[], series: Series[], {width = 420, label, domain}: CurveOptions) {
  const rows = series.flatMap((s) =>
    epochs.map((e) => ({...s, epoch: e.epoch, value: e[s.key], selected: e.selected}))
  );
  const last = epochs.at(-1);
  const kept = epochs.find((e) => e.selected);
  const starts = phases(epochs);
  // Labels of lines that end close to each other are moved apart, the higher one up.
  const ends = rows.filter((d) => d.epoch === last?.epoch).sort((a, b) => b.value - a.value);
  const xy = {x: "epoch", y: "value"};
  const describe = (e: Epoch) => series.map((s) => `${s.label} ${e[s.key].toFixed(3)}`).join(", ");
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
    marginRight: 68,
    marginBottom: 36,
    marginLeft: 34,
    x: {
      label: "epoch →",
      labelAnchor: "right",
      domain: [epochs[0]?.epoch ?? 0, last?.epoch ?? 1],
      ticks: Math.min(epochs.length, 6),
      tickFormat: "d"
    },
    y: {label: null, grid: true, ...(domain ? {domain} : {zero: true, nice: true}), ticks: 5},
    marks: [
      Plot.ruleX(starts, {x: "first", strokeOpacity: 0.5, strokeDasharray: "2 3"}),
      Plot.text(starts, {
        x: "first",
        text: "phase",
        frameAnchor: "top",
        textAnchor: "start",
        dy: -18,
        fill: "currentColor"
      }),
      ...series.map((s) =>
        Plot.line(
          rows.filter((d) => d.key === s.key),
          {...xy, strokeWidth: 1.8, strokeDasharray: s.dashed ? "5 3" : undefined}
        )
      ),
      Plot.dot(
        rows.filter((d) => d.selected && !d.dashed),
        {...xy, r: 5, fill: "var(--theme-background)", stroke: "currentColor", strokeWidth: 2}
      ),
      ...ends.map((d, i) =>
        Plot.text([d], {
          ...xy,
          text: "label",
          textAnchor: "start",
          dx: 8,
          dy: 13 * (i - (ends.length - 1) / 2),
          fill: "currentColor"
        })
      )
    ]
  });
}
