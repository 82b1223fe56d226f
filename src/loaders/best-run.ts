import {bestOf} from "../lib/evaluation/best.js";
import {evaluation} from "../stages/evaluate.js";
import {study} from "../study.js";
import {eachRun} from "./support.js";

/** The id of the study's run that is best on validation; of none where no run has predictions. */
export async function bestRun(): Promise<string | undefined> {
  const runs = await eachRun(
    (run) => evaluation({study, run}),
    ({value: {validation}}, {id}) => ({id, validation})
  );
  return bestOf(runs)?.id;
}
