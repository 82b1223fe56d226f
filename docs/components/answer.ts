import type {ResultsArtifact, RunResult, StudyArtifact} from "../../src/loaders/types.js";
import {className} from "./classes.js";
import {compare, type Pair, pairs, type Verdict} from "./compare.js";
import {count, estimate, firstLine, percent, plural} from "./format.js";

const overlap = {
  higher: "The 95% intervals do not overlap: for this network and on this test set, ImageNet pretraining helps.",
  lower:
    "The 95% intervals do not overlap, in favour of random weights: for this network and on this test set, ImageNet pretraining does not help.",
  unclear: "The 95% intervals overlap: this test set does not settle which of the two is better."
};

/** The answer to the study's question, as far as the results go. */
export function answer(study: StudyArtifact, results: ResultsArtifact): string {
  if (!results.runs.length) return "There is no answer yet: no network of this study has a result.";
  const found = pairs(study, results);
  if (!found.length) return `${unanswered} ${againstProbe(study, results)}`.trim();
  if (found.length > 1) return several(found);
  const [{pretrained, scratch}] = found;
  const images = plural(pretrained.images, "test image");
  return `On ${images}, the macro F1 of ${named(pretrained)} is ${estimate(pretrained.macroF1)}; that of ${named(scratch)} is ${estimate(scratch.macroF1)}. ${overlap[compare(pretrained.macroF1, scratch.macroF1)]}`;
}

// A title such as "MobileNetV2 0.35, ImageNet" holds a comma, which wants its pair within a sentence.
const named = ({title}: RunResult): string => (title.includes(",") ? `${title},` : title);

const unanswered =
  "Not answered yet: no network has been trained both from ImageNet weights and from random weights, so the comparison that the question asks for is still to be made.";

function several(found: Pair[]): string {
  const verdicts = found.map(({pretrained, scratch}) => compare(pretrained.macroF1, scratch.macroF1));
  const of = (verdict: Verdict) => verdicts.filter((v) => v === verdict).length;
  return `In ${of("higher")} of ${found.length} comparisons of the same network from ImageNet and from random weights, pretraining gives the higher macro F1 with 95% intervals that do not overlap; in ${of("lower")} it gives the lower; in ${of("unclear")} the intervals overlap.`;
}

/** What can be said without a run from random weights: whether fine-tuning adds to the frozen ImageNet features. */
export function againstProbe(study: StudyArtifact, {runs, probe}: ResultsArtifact): string {
  const best = runs.find(({run}) => run === study.bestRun) ?? runs[0];
  if (!best || !probe.length) return "";
  const linear = probe.reduce((a, b) => (b.macroF1.value > a.macroF1.value ? b : a));
  const verdict = compare(best.macroF1, linear.macroF1);
  const conclusion = {
    higher: "The 95% intervals do not overlap: fine-tuning adds to what the frozen features hold",
    lower: "The 95% intervals do not overlap: fine-tuning falls behind the frozen features",
    unclear: "The 95% intervals overlap: whether fine-tuning adds to the frozen features is not settled"
  }[verdict];
  return `What can be compared: the macro F1 of ${named(best)} after fine-tuning is ${estimate(best.macroF1)}; a linear probe on frozen ImageNet features reaches ${estimate(linear.macroF1)}. ${conclusion}.`;
}

/** How many test images stand behind the rarest class: what limits every per-class figure. */
export function rarest({perClass}: RunResult): string {
  const total = perClass.reduce((sum, c) => sum + c.support, 0);
  const rare = perClass.reduce((a, b) => (b.support < a.support ? b : a));
  return `Only ${count(rare.support)} of the ${count(total)} test images (${percent(rare.support / total)}) are of the class ${className(rare.class)}: one image more or less moves its recall by ${percent(1 / rare.support, 0)}.`;
}

/** Runs of the study that have no result, and why. */
export const notRun = ({runs}: StudyArtifact): string[] =>
  runs.filter((run) => !run.available).map((run) => `${run.title}: ${firstLine(run.missing ?? "no result yet")}`);

/** What else differs between the runs that the answer compares. */
export function comparability(study: StudyArtifact, results: ResultsArtifact): string {
  const procedure = ({run}: RunResult) => study.runs.find(({id}) => id === run)?.procedure;
  const found = pairs(study, results);
  if (!found.length) return "";
  return found.every(({pretrained, scratch}) => procedure(pretrained) === procedure(scratch))
    ? "The runs compared were trained by the same procedure and for as many epochs. A network that starts from random weights may need more of them, so the comparison is one of equal effort, not of the best that either start can reach."
    : "The runs compared were not all trained by the same procedure, so that a difference between them may have other causes than the initialisation.";
}

/** The text of these pages is about COVIDx; a report on other images says so first. */
export const datasetNotice = ({dataset}: StudyArtifact): string =>
  /covid/i.test(dataset.name)
    ? ""
    : `This report was built on other images, ${dataset.title}. Its figures and numbers are theirs; what its text says about the origin of the images is about COVIDx.`;
