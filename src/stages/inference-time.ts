import {quantileSorted} from "d3";
import {gather} from "../lib/dataset/batches.js";
import type {Pixels} from "../lib/dataset/types.js";
import {fastest} from "../lib/engine/graph/index.js";
import type {Network} from "../lib/models/network.js";
import {stage} from "../lib/pipeline/stage.js";
import type {StageContext} from "../lib/pipeline/types.js";
import type {Run, Study} from "../lib/study/schema.js";
import {imageTensor, predictionStep} from "../lib/training/inference.js";
import {inventory} from "./dataset.js";
import {networkParams, restored, testImages} from "./run.js";
import {startBackend} from "./start-backend.js";
import {type RunArgs, training} from "./training.js";

/** Milliseconds for one image, when so many are predicted at a time: median and quartiles over repetitions. */
export interface InferenceTime {
  batch: number;
  median: number;
  lower: number;
  upper: number;
}

/** The first run of each network: its weights do not matter for the time. */
export const timedRuns = ({runs}: Study): Run[] =>
  runs.filter((run) => runs.find(({model}) => model === run.model) === run);

/**
 * How long a network takes to predict a test image on this machine, one at a time and 32 at a time, in compiled steps where the
 * backend can. Measure on a machine that does nothing else.
 */
export const inferenceTime = stage({
  name: "inference-time",
  module: import.meta.url,
  revision: 1,
  publish: true,
  id: ({run}: RunArgs) => run.model,
  inputs: (args) => ({training: training(args), images: testImages(args), inventory: inventory(args)}),
  params: (args) => ({...networkParams(args), batches: [1, 32], repetitions: 9}),
  run: async ({training, images, inventory}, {batches, repetitions, ...params}, context) => {
    await startBackend(context);
    const network = await restored(params, images.size, inventory.classes.length, training.weights);
    const measured: InferenceTime[] = [];
    for (const batch of batches) {
      const sorted = (await times(network, images, {batch, repetitions}, context)).sort((a, b) => a - b);
      const [lower, median, upper] = [0.25, 0.5, 0.75].map((p) => quantileSorted(sorted, p)! / batch);
      measured.push({batch, median, lower, upper});
    }
    network.dispose();
    return {size: images.size, measured};
  }
});

/** Milliseconds of each repetition; one before them, which compiles and warms up, does not count. */
async function times(
  network: Network,
  all: Pixels,
  {batch, repetitions}: {batch: number; repetitions: number},
  {log, progress}: StageContext
): Promise<number[]> {
  const positions = Int32Array.from({length: batch}, (_, i) => i % all.rows.length);
  const images = imageTensor(gather(all, positions), 0, batch);
  const program = fastest({predict: predictionStep(network, batch, all.size)}, [...network.variables.values()], log);
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
