import {canonical} from "../pipeline/canonical.js";
import type {Run, Study} from "./schema.js";

/** Two runs that differ in what the body starts from, and maybe in the procedure that suits it. */
export interface Twins {
  pretrained: Run;
  scratch: Run;
}

/**
 * For every run that starts from more than `start`, the one that starts from that, with the same network, seed and
 * images, and within the same budget: both need a GPU or neither does. Their procedures may differ, since what starts
 * from scratch is trained otherwise than what is fine-tuned; of several runs, one of the same procedure is taken, else
 * the first. Random weights are what the study's question compares with, seed by seed; ones of ImageNet's scale tell
 * what there is in it beyond that (Raghu et al. 2019).
 */
export function twins(
  {runs, procedures}: Pick<Study, "runs" | "procedures">,
  start: "random" | "mean-var" = "random"
): Twins[] {
  const alike = ({procedure, ...run}: Run) =>
    canonical({...run, id: "", initialisation: "", needsGpu: procedures[procedure].needsGpu});
  return runs.flatMap((pretrained) => {
    if (pretrained.initialisation === "random" || pretrained.initialisation === start) return [];
    const candidates = runs.filter((run) => run.initialisation === start && alike(run) === alike(pretrained));
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
