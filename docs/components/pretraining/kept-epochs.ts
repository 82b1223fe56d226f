import type {PretrainingArtifact} from "../../../src/report/pretraining/artifact.js";
import {among, count, list, plural, score} from "../shared/format.js";
import {wholeFromImageNet} from "./pretraining-gain.js";

type Artifact = Pick<PretrainingArtifact, "runs" | "pairs">;
type Run = Artifact["runs"][number];

/**
 * The runs on all images of pairs that start from ImageNet: those from ImageNet, or their twins from random weights.
 */
const compared = ({runs, pairs}: Artifact, which: "pretrained" | "scratch"): Run[] => {
  const ids = wholeFromImageNet(pairs).flatMap(({seeds}) => seeds.map((seed) => seed[which]));
  return runs.filter(({run}) => ids.includes(run));
};

/**
 * For how many epochs the runs that the answer compares were trained: "7 to 8 epochs"; nothing where there are none.
 */
export function epochsCompared(artifact: Artifact): string {
  const runs = [...compared(artifact, "pretrained"), ...compared(artifact, "scratch")];
  return runs.length
    ? `${among(
        runs.map(({validation}) => validation.length),
        count
      )} epochs`
    : "";
}

/**
 * Whether the twins from random weights had come to rest, and which ended below an earlier epoch, so that a gain over
 * them may be too large.
 */
export function describeBudget(artifact: Artifact): string {
  const twins = compared(artifact, "scratch");
  if (!twins.length) return "";
  const lasting = twins.filter(({best, validation}) => best.epoch === validation.length).length;
  const back = twins.filter(({best, kept}) => best.weightedF1 > kept.weightedF1);
  const words = ({network, seed, kept, best}: Run) =>
    `${network}, seed ${seed} (epoch ${kept.epoch} with ${score(kept.weightedF1, 3)}, epoch ` +
    `${best.epoch} on images of ${best.size} pixels with ${score(best.weightedF1, 3)})`;
  const rest =
    `Of the ${plural(twins.length, "twin")} from random weights on all images, ${count(lasting)} ` +
    "scored highest on validation in the last epoch, so that more epochs might have raised them " +
    "further.";
  return back.length
    ? `${rest} ${count(back.length)} ${back.length === 1 ? "was" : "were"} kept with a lower ` +
        "weighted F1 than after an earlier epoch, since only epochs of the last phase are candidates: " +
        `${list(back.map(words))}. The gain over ${back.length === 1 ? "it" : "these"} may be too ` +
        "large by as much."
    : rest;
}
