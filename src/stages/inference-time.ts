import {quantileSorted} from "d3";
import {fastest} from "../lib/engine/graph/index.js";
import {randomly} from "../lib/models/initialise.js";
import {Network} from "../lib/models/network.js";
import {architecture} from "../lib/models/registry.js";
import {stage} from "../lib/pipeline/stage.js";
import type {StageContext} from "../lib/pipeline/types.js";
import {stream} from "../lib/support/random.js";
import {predictionStep} from "../lib/training/inference.js";
import {startBackend} from "./start-backend.js";

/** Milliseconds for one image, when so many are predicted at a time: median and quartiles over repetitions. */
export interface InferenceTime {
  batch: number;
  median: number;
  lower: number;
  upper: number;
}

/**
 * How long a network takes to predict an image on this machine, one at a time and 32 at a time, in compiled steps where the
 * backend can; its weights do not matter for that, so that they are random ones. Measure on a machine that does nothing else.
 */
export const inferenceTime = stage({
  name: "inference-time",
  module: import.meta.url,
  revision: 1,
  publish: true,
  id: ({model}: {model: string}) => model,
  params: ({model}) => ({model, size: 224, classes: 4, batches: [1, 32], repetitions: 9}),
  run: async (_, {model, size, classes, batches, repetitions}, context): Promise<InferenceTime[]> => {
    await startBackend(context);
    const network = new Network(architecture(model), {classes, size, dropout: 0}, randomly(0));
    const measured: InferenceTime[] = [];
    for (const batch of batches) {
      const sorted = (await times(network, {batch, size, repetitions}, context)).sort((a, b) => a - b);
      const [lower, median, upper] = [0.25, 0.5, 0.75].map((p) => quantileSorted(sorted, p)! / batch);
      measured.push({batch, median, lower, upper});
    }
    network.dispose();
    return measured;
  }
});

/** Milliseconds of each repetition; one before them, which compiles and warms up, does not count. */
async function times(
  network: Network,
  {batch, size, repetitions}: {batch: number; size: number; repetitions: number},
  {log, progress}: StageContext
): Promise<number[]> {
  const random = stream(0, "images");
  const images = Float32Array.from({length: batch * size * size}, random);
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
  return found;
}
