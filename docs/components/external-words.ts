import type {Estimate, ExternalArtifact, ExternalRun} from "../../src/loaders/types.js";
import {compare, type Verdict} from "./compare.js";
import {answerOf, areaIn, covidQuestions, shownFirst} from "./external-groups.js";
import {count, percent, plural, score, share} from "./format.js";

const [atHome, elsewhere, homeAlarms, alarms] = covidQuestions;

/** Networks of their own; an ensemble says what its members say. */
const singles = (runs: readonly ExternalRun[]) => runs.filter(({ensemble}) => !ensemble);

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
    `${first.title}, the single network that is best on validation, takes ${of(elsewhere)} of Figure 1’s COVID-19 images for COVID-19, against ${of(atHome)} of those in the test list. ` +
    `Of NIH’s adults without a finding it takes ${of(alarms)} for COVID-19, against ${of(homeAlarms)} of the normal children of the test list. ` +
    `Over ${plural(runs.length, "network")}, Figure 1’s COVID-19 is found in ${span(ask(elsewhere))}, and COVID-19 is called in ${span(ask(alarms))} of NIH’s adults without a finding. ` +
    `The second share is above that of the normal children, with 95% intervals that do not overlap, for ${count(tally(raised, "higher"))} of ${count(runs.length)}; ` +
    `for ${count(tally(apart, "higher"))} of ${count(runs.length)} Figure 1’s COVID-19 is called COVID-19 more often than NIH’s adults without a finding.`
  );
}

/** What follows, as far as the intervals go. */
export function concludeCovid({classes, runs: all}: Pick<ExternalArtifact, "classes" | "runs">): string {
  const runs = singles(all);
  if (!runs.length) return "";
  const verdicts = (a: typeof atHome, b: typeof atHome) =>
    runs.map((run) => compare(answerOf(run, classes, a), answerOf(run, classes, b)));
  const most = (found: Verdict[], verdict: Verdict) => tally(found, verdict) > runs.length / 2;
  if (!most(verdicts(alarms, homeAlarms), "higher")) {
    return "For most networks these images show no more false alarms among adults from another source than at home. That is not yet to recognise the disease: the collections differ in more than it.";
  }
  const half = runs.filter((run) => answerOf(run, classes, alarms).low > 0.5).length;
  const much = `${count(half)} of ${plural(runs.length, "network")} ${half === 1 ? "takes" : "take"} more than half of NIH’s adults without a finding for COVID-19, intervals included. `;
  return (
    "For most networks, being an adult from another source is enough to raise the suspicion of COVID-19: " +
    `${much}Good recall on the test list, and on Figure 1, is to that extent recall of the source. ` +
    (most(verdicts(elsewhere, alarms), "higher")
      ? "That most call COVID-19 more often still in Figure 1 may be the disease or one more difference between the collections."
      : "For at least half, the intervals do not show that it is called more often in Figure 1, where it is, than among adults without a finding.")
  );
}

/** Whether what makes an image normal carries over from children to adults. */
export function describeNormal({runs}: Pick<ExternalArtifact, "runs">): string {
  const ranked = singles(runs).flatMap((run) => {
    const [home, nih] = [areaIn(run, "home"), areaIn(run, "nih")];
    return home && nih ? [{home, nih}] : [];
  });
  if (!ranked.length) return "";
  const areas = (name: "home" | "nih") => {
    const values = ranked.map((one) => one[name].value);
    return `${score(Math.min(...values))} to ${score(Math.max(...values))}`;
  };
  const lower = tally(ranked.map(({home, nih}) => compare(nih, home)), "lower"); // prettier-ignore
  const chance = ranked.filter(({nih}) => nih.low <= 0.5).length;
  const worse = ranked.filter(({nih}) => nih.high < 0.5).length;
  return `The probability of “normal” ranks normal test images before the others with an area under the curve of ${areas("home")}. On NIH’s adults, no finding before pneumonia, it is ${areas("nih")}: lower, with 95% intervals that do not overlap, for ${count(lower)} of ${plural(ranked.length, "network")}, and for ${count(chance)} no better than chance (for ${count(worse)} of these worse: they find images without a finding less normal).`;
}
