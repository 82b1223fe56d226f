import {existsSync} from "node:fs";
import type {WeightFile} from "../../lib/models/architecture.js";
import type {Initialisation} from "../../lib/models/initialisation.js";
import {needsImageNet} from "../../lib/models/initialisation.js";
import {architecture} from "../../lib/models/registry.js";
import {fetchWeights} from "../../lib/models/weights/fetch.js";
import {MissingWeights, weightPath} from "../../lib/models/weights/locate.js";
import {collect, type Pipeline} from "../../lib/pipeline/index.js";
import type {Node, OnEvent} from "../../lib/pipeline/types.js";
import {UserError} from "../../lib/support/errors.js";

/** The weight file that a node by itself starts from, if any. */
function fileOf({stage, params}: Node): WeightFile | undefined {
  const {model, initialisation} = params as {model: string; initialisation: Initialisation};
  const starts = stage === "training" || stage === "start-features";
  return stage === "probe" || (starts && needsImageNet(initialisation)) ? architecture(model).imagenet : undefined;
}

/** The weight files that these nodes, or what they need, start from, each once. */
export const pretrainedFiles = (nodes: readonly Node[]): WeightFile[] => [
  ...new Set(collect(nodes).flatMap((node) => fileOf(node) ?? []))
];

/**
 * The weight files without which something cannot run that these nodes need and that has no result here, each once.
 * What would not run with them either, for want of a GPU or of images, asks for none.
 */
export async function weightsToFetch(targets: readonly Node[], {plan}: Pick<Pipeline, "plan">): Promise<WeightFile[]> {
  const [seen, files] = [new Set<string>(), new Set<WeightFile>()];
  const visit = async (node: Node): Promise<void> => {
    if (seen.has(node.id)) return;
    seen.add(node.id);
    if ((await plan(node)).action === "store") return;
    for (const input of Object.values(node.inputs)) await visit(input);
    const file = fileOf(node);
    if (file && (await lacksWeights(node))) files.add(file);
  };
  for (const node of targets) await visit(node);
  return [...files];
}

/** Whether weights are what a node needs, and the first that it lacks. */
async function lacksWeights({external}: Node): Promise<boolean> {
  try {
    await external?.();
    return false;
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    return error instanceof MissingWeights;
  }
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
