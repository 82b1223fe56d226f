import type {PretrainingArtifact} from "../../../src/report/pretraining/artifact.js";
import type {ResultsArtifact, RunResult} from "../../../src/report/results/artifact.js";
import type {StudyArtifact} from "../../../src/report/study/artifact.js";
import {className} from "../shared/classes.js";
import {describeFewer, describeRarest} from "../pretraining/class-gain-words.js";
import {compare} from "../shared/compare.js";
import {difference} from "./comparisons.js";
import {count, estimate, firstLine, list, percent, plural} from "../shared/format.js";
import {epochsCompared} from "../pretraining/kept-epochs.js";
import {deciding, fromImageNet, type Pair, wholeFromImageNet} from "../pretraining/pretraining-gain.js";
import {describeBasis, type Verdict, verdict} from "../pretraining/pretraining-words.js";

/** The answer to the study's question, as far as the results go: the verdict, and what it rests on. */
export function answer(
  study: StudyArtifact,
  results: ResultsArtifact,
  {pairs, runs}: Pick<PretrainingArtifact, "pairs" | "runs">
): string {
  if (!results.runs.length) return "There is no answer yet: no network of this study has a result.";
  const whole = wholeFromImageNet(pairs);
  if (!whole.length) return `${unanswered} ${againstProbe(study, results)}`.trim();
  const gains = `In macro F1, ImageNet less random weights: ${list(whole.map(gain))}.`;
  const verdicts = whole.map((pair) => ({network: pair.network, verdict: verdict(pair)}));
  const epochs = epochsCompared({pairs, runs});
  const basis = `on the ${plural(results.runs[0].images, "test image")} of this study${epochs && `, after ${epochs}`}`;
  return `${overall(verdicts, basis)} ${gains} ${describeBasis(whole)}`;
}

/** What to know before the answer is used: in which classes the gain is, and what there is with fewer images. */
export function qualifications({pairs, byClass}: Pick<PretrainingArtifact, "pairs" | "byClass">): string[] {
  const part = fromImageNet(pairs).filter(({fraction}) => fraction < 1);
  const fewer = part.length ? `With fewer training images: ${list(part.map(gain))}. ${describeBasis(part)}` : "";
  const classes = `${describeRarest(byClass)} ${describeFewer(byClass)}`.trim();
  return [classes, fewer].filter(Boolean);
}

const gain = (pair: Pair): string =>
  `${pair.network}${pair.fraction < 1 ? ` with ${percent(pair.fraction, 0)}` : ""} ${difference(deciding(pair))}`;

/** The verdict in a sentence, which the intervals decide. */
function overall(pairs: readonly {network: string; verdict: Verdict}[], start: string): string {
  const of = (wanted: Verdict) => pairs.filter(({verdict}) => verdict === wanted).map(({network}) => network);
  const [better, worse, unclear] = (["better", "worse", "unclear"] as const).map(of);
  const all = pairs.length > 1 ? "every network" : "the one network";
  if (better.length === pairs.length) return `Yes: ${start}, it helps ${all} that was compared.`;
  if (worse.length === pairs.length) return `No: ${start}, it harms ${all} that was compared.`;
  if (unclear.length === pairs.length) return `Not settled: ${start}, the 95% intervals hold both a gain and a loss.`;
  const parts = [
    better.length && `it helps ${list(better)}`,
    worse.length && `it harms ${list(worse)}`,
    unclear.length && `for ${list(unclear)} the 95% interval holds both a gain and a loss`
  ].filter(Boolean) as string[];
  return `It depends on the network: ${start}, ${parts.join("; ")}.`;
}

// A title such as "MobileNetV2 0.35, ImageNet" holds a comma, which wants its pair within a sentence.
const named = ({title}: RunResult): string => (title.includes(",") ? `${title},` : title);

const unanswered =
  "Not answered yet: no network has been trained both from ImageNet weights and from random " +
  "weights, so the comparison that the question asks for is still to be made.";

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
  return (
    `What can be compared: the macro F1 of ${named(best)} after fine-tuning is ` +
    `${estimate(best.macroF1)}; a linear probe on frozen ImageNet features reaches ` +
    `${estimate(linear.macroF1)}. ${conclusion}.`
  );
}

/** How many test images stand behind the rarest class: what limits every per-class figure. */
export function rarest({perClass}: RunResult): string {
  const total = perClass.reduce((sum, c) => sum + c.support, 0);
  const rare = perClass.reduce((a, b) => (b.support < a.support ? b : a));
  if (perClass.every(({support}) => support === rare.support)) {
    return (
      `Each class has ${plural(rare.support, "test image")}: one image more or less moves a recall ` +
      `by ${percent(1 / rare.support, 0)}.`
    );
  }
  return (
    `Only ${count(rare.support)} of the ${count(total)} test images ` +
    `(${percent(rare.support / total)}) are of the class ${className(rare.class)}: one image more ` +
    `or less moves its recall by ${percent(1 / rare.support, 0)}.`
  );
}

/** Runs of the study that have no result, and why. */
export const notRun = ({runs}: StudyArtifact): string[] =>
  runs.filter((run) => !run.available).map((run) => `${run.title}: ${firstLine(run.missing ?? "no result yet")}`);

/** What else differs between the runs that the answer compares. */
export function comparability(pairs: readonly Pair[]): string {
  if (!pairs.length) return "";
  return pairs.every(({seeds}) => seeds.every(({sameProcedure}) => sameProcedure))
    ? "The runs compared were trained by the same procedure and for as many epochs. A network that " +
        "starts from random weights may need more of them, so the comparison is one of equal effort, " +
        "not of the best that either start can reach."
    : "The runs compared were not all trained by the same procedure, so that a difference between " +
        "them may have other causes than the start.";
}
