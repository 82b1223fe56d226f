import type {StudyReport} from "../lib/pipeline/run-study.js";
import {commandOf} from "../lib/study/choose-dataset.js";
import type {Study} from "../lib/study/schema.js";

/** What to do after a study, of which only some stages may have been asked for, a line each. */
export function nextSteps(
  {outcomes, exitCode}: StudyReport,
  dataset: Study["dataset"],
  only: readonly string[] = []
): string[] {
  const study = commandOf(dataset, "study", only.map((name) => `--only ${name}`).join(" "));
  if (exitCode === 130) return [`  ${study}`];
  const shows = outcomes.some(({status}) => ["computed", "store", "published"].includes(status));
  return [
    ...(exitCode === 1 ? [`Mend what failed and run this again, which goes on from here: ${study}`] : []),
    ...(shows ? [`The report: ${commandOf(dataset, "build")}`] : [])
  ];
}
