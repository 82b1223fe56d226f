import type {Estimate, ResultsArtifact, RunResult, RunSummary, StudyArtifact} from "../../src/loaders/types.js";

export type Verdict = "higher" | "lower" | "unclear";

/** Compares two scores by their 95% intervals: the order is settled only where the intervals do not overlap. */
export function compare(a: Estimate, b: Estimate): Verdict {
  if (a.low > b.high) return "higher";
  return a.high < b.low ? "lower" : "unclear";
}

export interface Pair {
  pretrained: RunResult;
  scratch: RunResult;
}

const isRandom = (run: RunSummary): boolean => /random|scratch/i.test(run.initialisation);
const isImageNet = (run: RunSummary): boolean => /imagenet/i.test(run.initialisation);

/** Runs that differ in the initialisation: same network and seed, ImageNet weights against random ones. */
export function pairs(study: StudyArtifact, {runs}: ResultsArtifact): Pair[] {
  const result = (summary: RunSummary) => runs.find(({run}) => run === summary.id);
  return study.runs.filter(isImageNet).flatMap((summary) => {
    const candidates = study.runs.filter((r) => isRandom(r) && r.model === summary.model && r.seed === summary.seed);
    const other = candidates.find((r) => r.procedure === summary.procedure && result(r)) ?? candidates.find(result);
    const pretrained = result(summary);
    const scratch = other && result(other);
    return pretrained && scratch ? [{pretrained, scratch}] : [];
  });
}
