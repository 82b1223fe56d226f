import {createRequire} from "node:module";
import {useBackend} from "../lib/engine/backend.js";
import {standardisationOf} from "../lib/models/preprocess.js";
import {writeSafetensors} from "../lib/models/weights/safetensors.js";
import type {Pipeline} from "../lib/pipeline/index.js";
import {UserError} from "../lib/support/errors.js";
import {inventory} from "./dataset.js";
import {architectureOf, training, type RunArgs} from "./training.js";

const {version} = createRequire(import.meta.url)("../../package.json") as {version: string};

export interface ExportOptions {
  pipeline: Pipeline;
  path: string;
  float16?: boolean;
}

/**
 * Writes the trained weights of a run, by this project's layer names, as `.safetensors`, with all that it takes to use them.
 * @throws UserError where the run has not been trained here or the file cannot be written
 */
export async function exportWeights({study, run}: RunArgs, {pipeline, path, float16}: ExportOptions): Promise<void> {
  const node = training({study, run});
  const {action, blocked} = await pipeline.plan(node);
  if (action !== "store") {
    const reason = blocked ? ` (${blocked.reason})` : "";
    throw new UserError(`The store has no trained weights of ${run.id}${reason}.`, {
      hint: blocked?.hint ?? `Train it: npm run study -- --only ${node.id}`
    });
  }
  const {value, provenance} = await pipeline.resolve(node);
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
    key: provenance.key,
    version
  };
  writeSafetensors(path, new Map(Object.entries(value.weights)), {metadata, float16});
}
