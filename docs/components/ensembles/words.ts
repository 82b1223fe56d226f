import {html} from "htl";
import type {EnsemblesArtifact} from "../../../src/report/ensembles/artifact.js";
import type {RunResult} from "../../../src/report/results/artifact.js";
import {compare} from "../shared/compare.js";
import {count, estimate, score} from "../shared/format.js";
import {lens, type LensOptions} from "../lens/lens.js";
import {behindScore} from "../lens/lens-means.js";

type Ensembles = Pick<EnsemblesArtifact, "members" | "ways">;

const way = ({ways}: Ensembles, name: string) => ways.find(({way}) => way === name)?.result;

interface WordOptions extends LensOptions {
  /** Of the bootstrap. */
  resamples: number;
}

const weightedF1 = (run: RunResult, {resamples, ...options}: WordOptions, label = estimate(run.weightedF1)) =>
  lens(label, behindScore({run, resamples}, "weightedF1"), options);

/** Whether the tuned ensemble is better than the best of its members, which is chosen on validation too. */
export function describeGain(ensembles: Ensembles, options: WordOptions): HTMLElement | string {
  const tuned = way(ensembles, "tuned");
  if (!tuned) return "Fewer than two networks that start from ImageNet have a result: there is nothing to join yet.";
  const alone = ensembles.members.find(({leads}) => leads)!.result;
  const verdict = {
    higher: "The intervals do not overlap: together the networks are better.",
    lower: "The intervals do not overlap: together the networks are worse.",
    unclear:
      "The intervals overlap: from them alone it cannot be told whether the ensemble is better; " +
      "Results has the paired test."
  }[compare(tuned.weightedF1, alone.weightedF1)];
  return html`<span
    >With weights tuned on validation the ensemble has a weighted F1 of ${weightedF1(tuned, options)}; the member that
    is best on validation, ${alone.title}, has ${weightedF1(alone, options)}. ${verdict}</span
  >`;
}

/** Which weights were tried, and which were taken. */
export const describeSearch = ({grid: {resolution, points}}: Pick<EnsemblesArtifact, "grid">): string =>
  `all ${points > 1 ? `${count(points)} ` : ""}ways to share out the weight in steps of ` +
  `1/${resolution} are tried, and ` +
  "the one with the highest weighted F1 on the validation images is taken; of several, the one " +
  "nearest to equal weights";

/** What tuning on the test images would seem to gain. */
export function describeCheating(ensembles: Ensembles, options: WordOptions): HTMLElement | string {
  const [tuned, cheated] = [way(ensembles, "tuned"), way(ensembles, "on-test")];
  if (!tuned || !cheated) return "";
  const digits = (run: RunResult) => weightedF1(run, options, score(run.weightedF1.value, 3));
  return html`<span
    >Weights tuned on the test images themselves reach a weighted F1 of ${digits(cheated)}, those tuned on validation
    ${digits(tuned)}. That difference is no skill: the search has seen the answers, and new images would not repeat
    it.</span
  >`;
}
