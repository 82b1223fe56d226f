import {openFolder} from "../dataset/folder.js";
import {UserError} from "../support/errors.js";
import type {DatasetSource} from "./schema.js";

export type ChosenDataset = (Partial<DatasetSource> & {name: "covidx" | "phantom"}) | {name: "folder"; path: string};

/**
 * The dataset that the command line chose with `--dataset`, handed on to child processes in STUDY_DATASET: "covidx",
 * "phantom", or the path of a folder of classes. Undefined where nothing was chosen.
 */
export function chosenDataset(choice = process.env.STUDY_DATASET): ChosenDataset | undefined {
  if (!choice) return undefined;
  return choice === "covidx" || choice === "phantom" ? {name: choice} : {name: "folder", path: choice};
}

/** Folders of so many images count as small: a first look at them takes minutes. */
export const smallFolder = 1000;

/**
 * How much of the study runs: all of it, or of phantoms and small folders a first look, unless the command line asked
 * for all with `--full`, handed on in STUDY_PLAN.
 */
export function chosenPlan(dataset: ChosenDataset, choice = process.env.STUDY_PLAN): "full" | "first look" {
  if (choice === "full" || dataset.name === "covidx") return "full";
  return dataset.name === "phantom" || imagesIn(dataset.path) <= smallFolder ? "first look" : "full";
}

/** A folder that is no dataset is refused where it is read, and counts as small until then. */
function imagesIn(path: string): number {
  try {
    const {train, test} = openFolder({path});
    return train.length + test.length;
  } catch (error) {
    if (error instanceof UserError) return 0;
    throw error;
  }
}

/**
 * What the command line is told to choose a dataset and what runs of its study; nothing for COVIDx, which it takes by
 * itself.
 */
export function optionOf(dataset: ChosenDataset, plan = process.env.STUDY_PLAN): string {
  if (dataset.name === "covidx") return "";
  const name = dataset.name === "folder" ? quoted(dataset.path) : dataset.name;
  return `--dataset ${name}${plan === "full" ? " --full" : ""}`;
}

/** A verb of the command line about a dataset, with what else it takes. */
export function commandOf(dataset: ChosenDataset, verb: string, rest = ""): string {
  const options = [optionOf(dataset), rest].filter(Boolean);
  return ["npm run", verb, ...(options.length ? ["--"] : []), ...options].join(" ");
}

/** A path as a shell takes it. */
const quoted = (path: string) => (/^[\w./~-]+$/.test(path) ? path : `'${path.replaceAll("'", "'\\''")}'`);
