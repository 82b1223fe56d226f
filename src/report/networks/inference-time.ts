import * as tf from "@tensorflow/tfjs";
import {quantileSorted} from "d3";
import type {BackendName} from "../../lib/engine/backend.js";
import {fastest} from "../../lib/engine/graph/index.js";
import {createNetwork, type Network} from "../../lib/models/network.js";
import {architecture} from "../../lib/models/registry.js";
import {stage} from "../../lib/pipeline/stage.js";
import type {StageContext} from "../../lib/pipeline/types.js";
import {UserError} from "../../lib/support/errors.js";
import {predictionStep} from "../../lib/training/inference.js";
import {isOutOfMemory} from "../../lib/training/memory.js";
import * as shapes from "../runs/shapes.js";
import {startBackend} from "../runs/start-backend.js";

/** Milliseconds for one image, when so many are predicted at a time: median and quartiles over repetitions. */
export interface InferenceTime {
  batch: number;
  median: number;
  lower: number;
  upper: number;
}

/** The backends that times are told of, fastest first. */
export const timedBackends = ["webgpu", "tensorflow", "wasm"] as const satisfies readonly BackendName[];

export interface TimeArgs {
  model: string;
  backend: (typeof timedBackends)[number];
}

/**
 * How long a network takes to predict an image on this machine, one at a time and 32 at a time, in compiled steps where
 * the backend can; weights and pixels are random, since the time does not depend on them. A process has one backend, so
 * that it is measured where it is asked for by name. Measure on a machine that does nothing else.
 */
export const inferenceTime = stage({
  name: "inference-time",
  module: import.meta.url,
  revision: 2,
  effort: "hours",
  publish: true,
  shape: shapes.inferenceTime,
  id: ({model, backend}: TimeArgs) => `${model}/${backend}`,
  params: ({model, backend}) => ({model, backend, size: 224, classes: 4, batches: [1, 32], repetitions: 9}),
  external:
    ({backend}) =>
    () =>
      askedFor(backend),
  run: async (_, {model, size, classes, batches, repetitions}, context) => {
    await startBackend(context);
    const options = {size, classes, dropout: 0, initialisation: "random", seed: 1} as const;
    const network = await createNetwork(architecture(model), options);
    const measured = await timesThatFit(network, {batches, size, repetitions}, context);
    network.dispose();
    return {size, measured};
  }
});

/** @throws UserError where another backend would be measured */
function askedFor(backend: string): string {
  if (process.env.TFJS_BACKEND === backend) return "";
  throw new UserError(`the time on ${backend} is measured only where ${backend} is asked for by name`, {
    hint: `npm run study -- --only inference-time --backend ${backend} --publish`
  });
}

interface Sizes {
  batches: readonly number[];
  size: number;
  repetitions: number;
}

/**
 * The times of batches from small to large, up to the first that does not fit into memory.
 * @throws UserError where not even the first fits
 */
export async function timesThatFit(
  network: Network,
  {batches, ...sizes}: Sizes,
  context: StageContext
): Promise<InferenceTime[]> {
  const measured: InferenceTime[] = [];
  for (const batch of batches) {
    try {
      const sorted = (await times(network, {batch, ...sizes}, context)).sort((a, b) => a - b);
      const [lower, median, upper] = [0.25, 0.5, 0.75].map((p) => quantileSorted(sorted, p)! / batch);
      measured.push({batch, median, lower, upper});
    } catch (cause) {
      if (!isOutOfMemory(cause)) throw cause;
      const message = `Memory ran out with ${batch} of the images of ${sizes.size} × ${sizes.size} pixels at a time`;
      if (!measured.length) throw new UserError(`${message}.`, {hint: "Measure on another backend.", cause});
      context.log(`${message}: there is no time for so many.`);
      break; // WebAssembly cannot go on after that
    }
  }
  return measured;
}

/** Milliseconds of each repetition; one before them, which compiles and warms up, does not count. */
export async function times(
  network: Network,
  {batch, size, repetitions}: {batch: number; size: number; repetitions: number},
  {log, progress}: Pick<StageContext, "log" | "progress">
): Promise<number[]> {
  const images = tf.randomUniform([batch, size, size, 1], 0, 1, "float32", 1);
  const program = fastest({predict: predictionStep(network, batch, size)}, [...network.variables.values()], log);
  const found: number[] = [];
  for (let repetition = 0; repetition <= repetitions; ++repetition) {
    const start = performance.now();
    const [output] = Object.values(program.run("predict", {images}));
    await output.data();
    output.dispose();
    if (repetition > 0) found.push(performance.now() - start);
    progress({done: repetition, total: repetitions, unit: "repetitions", note: `batches of ${batch}`});
  }
  program.dispose();
  images.dispose();
  return found;
}
