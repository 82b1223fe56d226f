import {resolve} from "../../lib/pipeline/index.js";
import type {Sizes} from "../../lib/study/fit.js";
import type {Run} from "../../lib/study/schema.js";
import {batchSizeOf} from "../../lib/training/sampler.js";
import {inventory, split} from "./dataset.js";
import {partParams} from "../runs/training.js";
import {trainingPositions} from "../runs/train-network.js";
import {study} from "../../study.js";

/** How many images the study trains, validates and tests on. */
export async function sizes(): Promise<Sizes> {
  const {value: divided} = await resolve(split({study}));
  const {value: images} = await resolve(inventory({study}));
  return {train: divided.train.length, validation: divided.validation.length, test: images.splits.test.present};
}

/** How many images a run took at a time. */
export async function batchSizeOfRun(run: Run): Promise<number> {
  const {value: divided} = await resolve(split({study}));
  const {value: images} = await resolve(inventory({study}));
  const {part} = partParams({study, run});
  const taken = trainingPositions(divided, images.splits.train.labels, part);
  return batchSizeOf(taken.length, study.procedures[run.procedure].batchSize);
}
