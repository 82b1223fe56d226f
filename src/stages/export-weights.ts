import {createRequire} from "node:module";
import {useBackend} from "../lib/engine/backend.js";
import {standardisationOf} from "../lib/models/preprocess.js";
import {writeSafetensors} from "../lib/models/weights/safetensors.js";
import type {Pipeline} from "../lib/pipeline/index.js";
import {inventory} from "./dataset.js";
import {architectureOf, type RunArgs} from "./training.js";
import {trainedWeights} from "./weights.js";

const {version} = createRequire(import.meta.url)("../../package.json") as {version: string};

export interface ExportOptions {
  pipeline: Pipeline;
  path: string;
  float16?: boolean;
}

/**
 * Writes the trained or else the published weights of a run, by this project's layer names, as `.safetensors`, with all that it takes to use them.
 * @throws UserError where the run has neither been trained here nor published, or the file cannot be written
 */
export async function exportWeights({study, run}: RunArgs, {pipeline, path, float16}: ExportOptions): Promise<void> {
  const {weights, key} = await trainedWeights({study, run}, pipeline);
  const {classes} = (await pipeline.resolve(inventory({study}))).value;
  await useBackend();
  const {id, preprocess} = await architectureOf(run.model, study.procedures[run.procedure]);
  const metadata = {
    architecture: id,
    classes: JSON.stringify(classes),
    // Of grey values in [0, 1], repeated to three channels.
    preprocessing: JSON.stringify(await standardisationOf(preprocess)),
    size: String(study.procedures[run.procedure].size),
    run: run.id,
    key,
    version
  };
  writeSafetensors(path, weights, {metadata, float16});
}
