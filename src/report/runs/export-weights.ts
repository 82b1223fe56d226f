import {createRequire} from "node:module";
import {useBackend} from "../../lib/engine/backend.js";
import {pooling} from "../../lib/models/head.js";
import {standardisationOf} from "../../lib/models/preprocess.js";
import {writeSafetensors} from "../../lib/models/weights/safetensors.js";
import type {Pipeline} from "../../lib/pipeline/index.js";
import {beta} from "../../lib/training/tta.js";
import {inventory} from "../data/dataset.js";
import {predictionParams} from "./run.js";
import {temperatureOf} from "../predict/temperature.js";
import {procedureOf, type RunArgs} from "./training.js";
import {architectureOf} from "./train-network.js";
import {trainedWeights} from "./weights.js";

const {version} = createRequire(import.meta.url)("../../../package.json") as {version: string};

export interface ExportOptions {
  pipeline: Pipeline;
  path: string;
  float16?: boolean;
}

/**
 * Writes the trained or else the published weights of a run, by this project's layer names, as `.safetensors`, with
 * what it takes to predict as the run does: its notes say how images enter, what follows the body, and what becomes of
 * the probabilities.
 * @throws UserError where the run has neither been trained here nor published, has no temperature, or the file cannot
 *   be written
 */
export async function exportWeights(args: RunArgs, {pipeline, path, float16}: ExportOptions): Promise<void> {
  const {run} = args;
  const trained = await trainedWeights(args, pipeline);
  const temperature = await temperatureOf(args, trained, pipeline);
  const {classes} = (await pipeline.resolve(inventory(args))).value;
  const {copies} = predictionParams(args);
  await useBackend();
  const {id, preprocess, top} = await architectureOf(run.model, procedureOf(args));
  const metadata = {
    architecture: id,
    classes: JSON.stringify(classes),
    // Of grey values in [0, 1], repeated to three channels.
    preprocessing: JSON.stringify(await standardisationOf(preprocess)),
    size: String(procedureOf(args).size),
    // What the study's head takes: all its channels pooled one way, then all pooled the other.
    ...(top ? {} : {pooling: JSON.stringify(pooling)}),
    // The share of the image as it is in the mean of its probabilities and those of changed copies.
    ...(copies && {testCopies: JSON.stringify({...copies, unchanged: beta})}),
    // The root that is taken of those, before they are divided by their sum.
    temperature: String(temperature),
    run: run.id,
    key: trained.key,
    version
  };
  writeSafetensors(path, trained.weights, {metadata, float16});
}
