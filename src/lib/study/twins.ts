import {canonical} from "../pipeline/canonical.js";
import type {Run, Study} from "./schema.js";

/** Two runs that differ in what the body starts from. */
export interface Twins {
  pretrained: Run;
  scratch: Run;
}

/**
 * For every run that does not start from random weights, the one that does and is otherwise alike, with the same network, seed
 * and images, and within the same budget: both need a GPU or neither does. Of several, one of the same procedure, else the
 * first. What the study's question compares, seed by seed.
 */
export function twins({runs, procedures}: Pick<Study, "runs" | "procedures">): Twins[] {
  const alike = ({procedure, ...run}: Run) =>
    canonical({...run, id: "", initialisation: "", needsGpu: procedures[procedure].needsGpu});
  return runs.flatMap((pretrained) => {
    if (pretrained.initialisation === "random") return [];
    const candidates = runs.filter((run) => run.initialisation === "random" && alike(run) === alike(pretrained));
    const scratch = candidates.find(({procedure}) => procedure === pretrained.procedure) ?? candidates[0];
    return scratch ? [{pretrained, scratch}] : [];
  });
}

/** Runs that differ in the seed alone, in the order of their declaration. */
export function repetitions({runs}: Pick<Study, "runs">): Run[][] {
  const groups = new Map<string, Run[]>();
  for (const run of runs) {
    const key = canonical({...run, id: "", seed: 0});
    groups.set(key, [...(groups.get(key) ?? []), run]);
  }
  return [...groups.values()];
}
