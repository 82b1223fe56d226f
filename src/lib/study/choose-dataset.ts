import type {DatasetSource} from "./schema.js";

/**
 * The dataset that the command line chose with `--dataset`, handed on to child processes in STUDY_DATASET: "covidx",
 * "phantom", or the path of a folder of classes. Undefined where nothing was chosen.
 */
export function chosenDataset(
  choice = process.env.STUDY_DATASET
): (Partial<DatasetSource> & {name: "covidx" | "phantom"}) | {name: "folder"; path: string} | undefined {
  if (!choice) return undefined;
  return choice === "covidx" || choice === "phantom" ? {name: choice} : {name: "folder", path: choice};
}
