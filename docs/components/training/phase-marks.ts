import * as Plot from "@observablehq/plot";
import type {TrainingPhase} from "../../../src/report/training/artifact.js";

/** A rule where each phase begins, with its name above it: at an epoch or at a step. */
export const phaseStarts = (phases: readonly TrainingPhase[], x: "firstEpoch" | "firstStep") => [
  Plot.ruleX(phases, {x, strokeOpacity: 0.5, strokeDasharray: "2 3"}),
  Plot.text(phases, {x, text: "phase", frameAnchor: "top", textAnchor: "start", dy: -18, fill: "currentColor"})
];
