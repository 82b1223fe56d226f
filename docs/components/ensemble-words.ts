import type {EnsemblesArtifact} from "../../src/loaders/types.js";
import {compare} from "./compare.js";
import {estimate, score} from "./format.js";

type Ensembles = Pick<EnsemblesArtifact, "members" | "ways">;

const way = ({ways}: Ensembles, name: string) => ways.find(({way}) => way === name)?.result;

/** Whether the tuned ensemble is better than the best of its members, which is chosen on validation too. */
export function describeGain(ensembles: Ensembles): string {
  const tuned = way(ensembles, "tuned");
  if (!tuned) return "Fewer than two networks that start from ImageNet have a result: there is nothing to join yet.";
  const alone = ensembles.members.find(({leads}) => leads)!.result;
  const verdict = {
    higher: "The intervals do not overlap: together the networks are better.",
    lower: "The intervals do not overlap: together the networks are worse.",
    unclear:
      "The intervals overlap: from them alone it cannot be told whether the ensemble is better; Results has the paired test."
  }[compare(tuned.weightedF1, alone.weightedF1)];
  return `With weights tuned on validation the ensemble has a weighted F1 of ${estimate(tuned.weightedF1)}; the member that is best on validation, ${alone.title}, has ${estimate(alone.weightedF1)}. ${verdict}`;
}

/** What tuning on the test images would seem to gain. */
export function describeCheating(ensembles: Ensembles): string {
  const [tuned, cheated] = [way(ensembles, "tuned"), way(ensembles, "on-test")];
  if (!tuned || !cheated) return "";
  const gain = cheated.weightedF1.value - tuned.weightedF1.value;
  return `Weights tuned on the test images themselves reach a weighted F1 of ${score(cheated.weightedF1.value, 3)}, ${score(gain, 3)} above those tuned on validation. That difference is no skill: the search has seen the answers, and new images would not repeat it.`;
}
