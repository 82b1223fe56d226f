import {plan} from "../lib/pipeline/index.js";
import {toleratedShare} from "../lib/plausibility/verdict.js";
import type {Run} from "../lib/study/schema.js";
import {detectorCandidates} from "../report/predict/detector-candidates.js";
import {plausibilityEvaluation} from "../report/predict/plausibility-evaluation.js";
import {hasPublishedWeights} from "../report/runs/weights.js";
import {study} from "../study.js";
import {shorten} from "../report/shared/rounding.js";
import {attempt, sourceOf, titleOf} from "../report/shared/support.js";
import type {PlausibilityArtifact} from "../report/predict/artifact.js";

/** Kinds of which the detector was taught examples, made of other radiographs by other programs. */
const taught = [
  ...["negated", "turned by 90 degrees", "turned by 180 degrees"],
  ...["left or right half", "top or bottom half", "blurred"]
];

/** How much of what is no radiograph, and of radiographs, `predict` flags by the published networks. */
export default async function (): Promise<PlausibilityArtifact> {
  const networks = await Promise.all(study.runs.map(describe));
  return {networks: networks.flatMap((network) => network ?? []), toleratedShare};
}

async function describe(run: Run): Promise<PlausibilityArtifact["networks"][number] | undefined> {
  if (!(await hasPublishedWeights({study, run}, {plan}))) return undefined;
  const evaluation = await attempt(plausibilityEvaluation({study, run}));
  const candidates = await attempt(detectorCandidates({study, run}));
  if ("missing" in evaluation || "missing" in candidates) return undefined;
  const {groups, curve} = shorten(evaluation.value);
  const held = curve.find(({tolerated}) => tolerated === toleratedShare)!;
  return {
    run: run.id,
    title: titleOf(run),
    groups: groups.map(({side, kind, pixels, features, flagged}) => ({
      ...{side, kind, taught: taught.includes(kind), pixels, features},
      flagged
    })),
    frontal: held.frontal,
    other: held.other,
    curve,
    candidates: candidates.value,
    source: [evaluation, candidates].map(sourceOf)
  };
}
