import {sum} from "d3";
import type {Estimate} from "../../lib/measures/interval.js";
import {wilson} from "../../lib/measures/interval.js";
import {stage} from "../../lib/pipeline/stage.js";
import {featureFaults, type Limits, limitsOf, toleratedShare} from "../../lib/plausibility/verdict.js";
import {calibrationInputs, heldIn} from "./outlier-calibration.js";
import {outlierDetector} from "./outlier-detector.js";
import {plausibility, type PlausibilitySide} from "./plausibility.js";
import type {RunArgs} from "../runs/training.js";

interface Group {
  side: PlausibilitySide;
  kind: string;
  distance: Float32Array;
  odds: Float32Array;
  pixels: Uint8Array;
}

/** How many images of a group are flagged, by what: the pixels, the features; and the share that either flags. */
interface Flagged {
  side: PlausibilitySide;
  kind: string;
  n: number;
  pixels: number;
  features: number;
  flagged: Estimate;
}

function countFlagged({side, kind, distance, odds, pixels}: Group, limits: Limits): Flagged {
  const byFeatures = Array.from(distance, (value, i) =>
    Number(featureFaults({distance: value, odds: odds[i], kind: ""}, limits).length > 0)
  );
  const either = byFeatures.map((flag, i) => flag | pixels[i]);
  return {
    ...{side, kind, n: distance.length, pixels: sum(pixels), features: sum(byFeatures)},
    flagged: wilson(sum(either), distance.length)
  };
}

/** Shares of radiographs beyond each limit, from none to half, for the curve. */
const tolerances = [0, 0.002, 0.005, 0.01, toleratedShare, 0.03, 0.05, 0.1, 0.15, 0.2, 0.3, 0.4, 0.5];

/** How much is flagged of radiographs and of what is none, by kind, at the limits that hold and along others. */
export const plausibilityEvaluation = stage({
  name: "plausibility-evaluation",
  module: import.meta.url,
  id: ({run}: RunArgs) => run.id,
  inputs: (args) => ({
    measured: plausibility(args),
    detector: outlierDetector(args),
    ...calibrationInputs(args)
  }),
  params: {tolerances, tolerated: toleratedShare},
  run: ({measured, ...inputs}, {tolerances, tolerated}) => {
    const held = heldIn(inputs);
    const {colour} = inputs.detector;
    const counted = (share: number) => measured.map((group) => countFlagged(group, limitsOf(held, colour, share)));
    const flagged = (groups: Flagged[], wanted: PlausibilitySide) => {
      const some = groups.filter(({side}) => side === wanted);
      const [k, n] = [sum(some, ({flagged}) => flagged.k!), sum(some, ({n}) => n)];
      return wilson(k, n);
    };
    return {
      groups: counted(tolerated),
      curve: tolerances.map((share) => {
        const groups = counted(share);
        return {tolerated: share, frontal: flagged(groups, "frontal"), other: flagged(groups, "other")};
      })
    };
  }
});
