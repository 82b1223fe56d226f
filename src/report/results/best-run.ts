import {bestOf} from "../../lib/evaluation/best.js";
import type {Run} from "../../lib/study/schema.js";
import {repetitions} from "../../lib/study/twins.js";
import {evaluation} from "./evaluate.js";
import {study} from "../../study.js";
import {eachRun} from "../shared/support.js";

/** The one of some runs that is best on validation; none where none has predictions. */
async function bestAmong(runs: readonly Run[]): Promise<Run | undefined> {
  const found = await eachRun(
    (run) => evaluation({study, run}),
    ({value: {validation}}, run) => ({run, validation}),
    runs
  );
  return bestOf(found)?.run;
}

/** The id of the study's run that is best on validation; of none where no run has predictions. */
export const bestRun = async (): Promise<string | undefined> => (await bestAmong(study.runs))?.id;

/** Of the runs that see all images and differ in the seed only, the one that is best on validation. */
export async function leadingRuns(): Promise<Run[]> {
  const groups = repetitions(study).filter(([{fraction}]) => fraction === 1);
  return (await Promise.all(groups.map(bestAmong))).filter((run) => run !== undefined);
}
