import {existsSync} from "node:fs";
import type {WeightFile} from "../lib/models/architecture.js";
import type {Initialisation} from "../lib/models/initialisation.js";
import {needsImageNet} from "../lib/models/initialisation.js";
import {architecture} from "../lib/models/registry.js";
import {fetchWeights} from "../lib/models/weights/fetch.js";
import {weightPath} from "../lib/models/weights/locate.js";
import {collect} from "../lib/pipeline/index.js";
import type {Node, OnEvent} from "../lib/pipeline/types.js";
import {UserError} from "../lib/support/errors.js";

/** The weight files that these nodes, or what they need, start from, each once. */
export function pretrainedFiles(nodes: readonly Node[]): WeightFile[] {
  const models = collect(nodes).flatMap(({stage, params}) => {
    const {model, initialisation} = params as {model: string; initialisation: Initialisation};
    const starts = stage === "training" || stage === "start-features";
    return stage === "probe" || (starts && needsImageNet(initialisation)) ? model : [];
  });
  return [...new Set(models)].flatMap((model) => architecture(model).imagenet ?? []);
}

export interface FetchOptions {
  onEvent: OnEvent;
  signal: AbortSignal;
  /** Attempts in a row before a publisher counts as out of reach. */
  attempts?: number;
}

/**
 * Fetches the weight files that are not here. One that cannot be had is told with where to get it by hand and does not
 * stop the others: what needs it will be unavailable.
 */
export async function fetchMissing(files: readonly WeightFile[], {onEvent, signal, attempts = 3}: FetchOptions) {
  for (const file of files.filter((file) => !existsSync(weightPath(file)))) {
    const id = `weights/${file.file}`;
    const start = performance.now();
    onEvent({type: "start", id, key: file.url});
    try {
      await fetchWeights(file, {signal, attempts, onProgress: (progress) => onEvent({type: "progress", id, progress})});
      onEvent({type: "end", id, source: "computed", seconds: (performance.now() - start) / 1000});
    } catch (error) {
      // The pipeline, which has the same signal, will say that it was interrupted.
      if (signal.aborted) return;
      if (!(error instanceof UserError)) throw error;
      onEvent({type: "fail", id, message: error.message});
    }
  }
}
