import type {StudyReport} from "../lib/pipeline/run-study.js";
import type {Study} from "../lib/study/schema.js";

/** How the command line names a dataset: nothing for the one that it takes by itself. */
export const datasetOption = (dataset: Study["dataset"], plan = process.env.STUDY_PLAN): string =>
  (dataset.name === "covidx" ? "" : ` --dataset ${dataset.name === "folder" ? quoted(dataset.path) : dataset.name}`) +
  (plan === "full" ? " --full" : "");

/** A path as a shell takes it. */
const quoted = (path: string) => (/^[\w./~-]+$/.test(path) ? path : `'${path.replaceAll("'", "'\\''")}'`);

/** What to do after a study, a line each. */
export function nextSteps({outcomes, exitCode}: StudyReport, dataset: Study["dataset"]): string[] {
  const option = datasetOption(dataset);
  const command = (verb: string) => `npm run ${verb}${option && ` --${option}`}`;
  if (exitCode === 130) return [`  ${command("study")}`];
  const shows = outcomes.some(({status}) => ["computed", "store", "published"].includes(status));
  return [
    ...(exitCode === 1 ? [`Mend what failed and run this again, which goes on from here: ${command("study")}`] : []),
    ...(shows ? [`The report: ${command("build")}`] : [])
  ];
}
