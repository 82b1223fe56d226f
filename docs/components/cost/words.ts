import {greatest, groups, least} from "d3";
import type {CostArtifact} from "../../../src/report/cost/artifact.js";
import {duration, magnitude} from "../shared/format.js";

type Run = CostArtifact["runs"][number];

/** How little a time of training says: the two runs, alike but for the seed, whose times are the furthest apart. */
export function describeTrainingTimes(runs: readonly Run[]): string {
  const repeated = groups(runs, ({model, start, fraction, imagePasses}) =>
    [model, start, fraction, imagePasses].join()
  ).map(([, alike]) => ({
    fast: least(alike, ({seconds}) => seconds)!,
    slow: greatest(alike, ({seconds}) => seconds)!
  }));
  const widest = greatest(repeated, ({fast, slow}) => slow.seconds / fast.seconds);
  const told = "Times of training depend on the machine and on what else it did meanwhile";
  if (!widest || widest.fast === widest.slow) return `${told}.`;
  const {fast, slow} = widest;
  return (
    `${told}: for the same ${magnitude(fast.imagePasses)} image passes, ${fast.title} took ` +
    `${duration(fast.seconds)}, ${slow.title} ${duration(slow.seconds)}.`
  );
}
