import type {Estimate} from "measures";
import {group} from "d3";
import type {ExternalArtifact, ExternalRun} from "../../../src/report/external/artifact.js";
import {compare, type Verdict} from "../shared/compare.js";
import {answerOf, areaIn, covidQuestions, shownFirst} from "./groups.js";
import {count, list, percent, plural, score, share} from "../shared/format.js";

const [atHome, elsewhere, homeAlarms, alarms] = covidQuestions;

/** Runs of their own; an ensemble says what its members say. */
const singles = (runs: readonly ExternalRun[]) => runs.filter(({ensemble}) => !ensemble);

/** "12 runs of 2 networks": runs of one network differ in start and seed. */
const describeRuns = (runs: readonly ExternalRun[]) =>
  `${plural(runs.length, "run")} of ${plural(new Set(runs.map(({network}) => network)).size, "network")}`;

const tally = (verdicts: Verdict[], verdict: Verdict) => verdicts.filter((v) => v === verdict).length;

/** "between 2.0% and 44.0%" */
function span(estimates: Estimate[]): string {
  const values = estimates.map(({value}) => value);
  return values.length > 1
    ? `between ${percent(Math.min(...values))} and ${percent(Math.max(...values))}`
    : percent(values[0]);
}

/** Whether "adult from another source" is enough to be taken for COVID-19. */
export function describeCovid({classes, runs: all}: Pick<ExternalArtifact, "classes" | "runs">): string {
  const runs = singles(all);
  const first = shownFirst(runs);
  if (!first) return "No run has a result on these images yet.";
  const ask = (question: typeof atHome) => runs.map((run) => answerOf(run, classes, question));
  const of = (question: typeof atHome) => {
    const {k, n} = answerOf(first, classes, question);
    return share(k!, n!);
  };
  const apart = ask(elsewhere).map((recall, i) => compare(recall, ask(alarms)[i]));
  const raised = ask(alarms).map((found, i) => compare(found, ask(homeAlarms)[i]));
  return (
    `${first.title}, the single run that is best on validation, takes ${of(elsewhere)} of Figure ` +
    `1’s COVID-19 images for COVID-19, against ${of(atHome)} of those in the test list. ` +
    `Of NIH’s adults without a finding it takes ${of(alarms)} for COVID-19, against ` +
    `${of(homeAlarms)} of the normal children of the test list. ` +
    `Over ${describeRuns(runs)}, Figure 1’s COVID-19 is found in ${span(ask(elsewhere))}, and ` +
    `COVID-19 is called in ${span(ask(alarms))} of NIH’s adults without a finding. ` +
    "The second share is above that of the normal children, with 95% intervals that do not " +
    `overlap, in ${count(tally(raised, "higher"))} of ${count(runs.length)} runs; ` +
    `in ${count(tally(apart, "higher"))} of ${count(runs.length)}, Figure 1’s COVID-19 is called ` +
    "COVID-19 more often than NIH’s adults without a finding."
  );
}

/** "all 6 runs from ImageNet and none of the 6 from random weights": how many runs of each start do something. */
function byStart(runs: readonly ExternalRun[], does: (run: ExternalRun) => boolean): string {
  const starts = [...group(runs, ({start}) => (start === "random" ? "random weights" : start))];
  return list(
    starts.map(([start, some], i) => {
      const [k, n] = [some.filter(does).length, some.length];
      const many =
        k === 0
          ? `none of the ${count(n)}`
          : k < n
            ? `${count(k)} of the ${count(n)}`
            : n === 1
              ? "the one"
              : `all ${count(n)}`;
      return `${many}${i === 0 ? (n === 1 ? " run" : " runs") : ""} from ${start}`;
    })
  );
}

/** What follows, as far as the intervals go. */
export function concludeCovid({classes, runs: all}: Pick<ExternalArtifact, "classes" | "runs">): string {
  const runs = singles(all);
  if (!runs.length) return "";
  const higher = (a: typeof atHome, b: typeof atHome) =>
    tally(
      runs.map((run) => compare(answerOf(run, classes, a), answerOf(run, classes, b))),
      "higher"
    );
  const [raised, apart] = [higher(alarms, homeAlarms), higher(elsewhere, alarms)];
  if (raised <= runs.length / 2) {
    return (
      `In ${count(runs.length - raised)} of ${describeRuns(runs)} these images show no more false ` +
      "alarms among adults from another source than at home. That is not yet to recognise the " +
      "disease: the collections differ in more than it."
    );
  }
  const much = byStart(runs, (run) => answerOf(run, classes, alarms).low > 0.5);
  return (
    `In ${count(raised)} of ${describeRuns(runs)}, being an adult from another source is enough to ` +
    "raise the suspicion of COVID-19. " +
    `Of NIH’s adults without a finding, ${much} take more than half for COVID-19, intervals ` +
    "included. Good recall on the test list, and on Figure 1, is to that extent recall of the " +
    "source. " +
    (apart > runs.length / 2
      ? `That ${plural(apart, "run calls", "runs call")} COVID-19 more often still in Figure 1 may be ` +
        "the disease or one more difference between the collections."
      : `In ${plural(runs.length - apart, "run")}, the intervals do not show that it is called more ` +
        "often in Figure 1, where it is, than among adults without a finding.")
  );
}

/** Whether what makes an image normal carries over from children to adults. */
export function describeNormal({runs}: Pick<ExternalArtifact, "runs">): string {
  const ranked = singles(runs).flatMap((run) => {
    const [home, nih] = [areaIn(run, "home"), areaIn(run, "nih")];
    return home && nih ? [{run, home, nih}] : [];
  });
  if (!ranked.length) return "";
  const areas = (name: "home" | "nih") => {
    const values = ranked.map((one) => one[name].value);
    return `${score(Math.min(...values))} to ${score(Math.max(...values))}`;
  };
  const lower = tally(
    ranked.map(({home, nih}) => compare(nih, home)),
    "lower"
  );
  const chance = ranked.filter(({nih}) => nih.low <= 0.5).length;
  const worse = ranked.filter(({nih}) => nih.high < 0.5).length;
  return (
    "The probability of “normal” ranks normal test images before the others with an area under the " +
    `curve of ${areas("home")}. On NIH’s adults, no finding before pneumonia, it is ` +
    `${areas("nih")}: lower, with 95% intervals that do not overlap, in ${count(lower)} of ` +
    `${describeRuns(ranked.map(({run}) => run))}, and in ${count(chance)} no better than chance ` +
    `(in ${count(worse)} of these worse: they find images without a finding less normal).`
  );
}
