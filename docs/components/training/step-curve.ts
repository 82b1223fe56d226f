import * as Plot from "@observablehq/plot";
import {extent} from "d3";
import type {TrainingPhase} from "../../../src/report/training/artifact.js";
import {scientific, significant} from "measures";
import {phaseStarts} from "./phase-marks.js";
import {chart, wholeTicks} from "../shared/plot.js";

export interface StepCurveOptions {
  width?: number;
  /** What is drawn: "Learning rate". */
  label: string;
  phases: readonly TrainingPhase[];
  /** For values that span powers of ten. */
  log?: boolean;
}

/** A value at every step of the training, or at as many as can be told apart; a rule where a phase begins. */
export function stepCurve(
  steps: readonly number[],
  values: readonly number[],
  {width = 420, label, phases, log = false}: StepCurveOptions
) {
  const [low, high] = extent(values).map((value = NaN) =>
    value < 1e-3 ? scientific(value, 1) : significant(value, 2)
  );
  return chart({
    ariaLabel: `${label} by step`,
    ariaDescription: `From ${low} to ${high}, over ${phases.length === 1 ? "one phase" : `${phases.length} phases`}.`,
    width,
    height: 190,
    marginTop: 34,
    marginBottom: 36,
    marginLeft: 52,
    x: {label: "step →", labelAnchor: "right", ticks: wholeTicks(steps[0] ?? 0, steps.at(-1) ?? 1, 5)},
    y: {label: null, grid: true, ticks: 3, ...(log ? {type: "log" as const, tickFormat: "~e"} : {})},
    marks: [...phaseStarts(phases, "firstStep"), Plot.line(values, {x: steps, y: values, strokeWidth: 1.6})]
  });
}
