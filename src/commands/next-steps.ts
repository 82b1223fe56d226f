import type {StudyReport} from "../lib/pipeline/run-study.js";
import {commandOf} from "../lib/study/choose-dataset.js";
import type {Study} from "../lib/study/schema.js";

/** What to do after a study, a line each. */
export function nextSteps({outcomes, exitCode}: StudyReport, dataset: Study["dataset"]): string[] {
  const command = (verb: string) => commandOf(dataset, verb);
  if (exitCode === 130) return [`  ${command("study")}`];
  const shows = outcomes.some(({status}) => ["computed", "store", "published"].includes(status));
  return [
    ...(exitCode === 1 ? [`Mend what failed and run this again, which goes on from here: ${command("study")}`] : []),
    ...(shows ? [`The report: ${command("build")}`] : [])
  ];
}
