/**
 * Do batches keep up with training? `npm run bench -- batches [--model m --size s --batch b] [--json]` times the
 * preparation of batches under the study's first procedure, of random bytes, in the thread that trains (threads: 0) and
 * in threads of its own: alone, and beside compiled training steps of a network, all layers trainable.
 */
import * as tf from "@tensorflow/tfjs";
import {toPositions, toRows} from "../src/lib/dataset/rows.js";
import {useBackend} from "../src/lib/engine/backend.js";
import {fastest} from "../src/lib/engine/graph/index.js";
import {randomly} from "../src/lib/models/initialise.js";
import {Network} from "../src/lib/models/network.js";
import {architecture} from "../src/lib/models/registry.js";
import {mulberry32} from "../src/lib/measures/random.js";
import {Adam} from "../src/lib/training/adam.js";
import type {BatchSource} from "../src/lib/training/batch-source.js";
import {batchSource, defaultThreads} from "../src/lib/training/batch-source.js";
import {lossOf} from "../src/lib/training/loss.js";
import {trained} from "../src/lib/training/parameter-groups.js";
import type {BatchJob} from "../src/lib/training/prepare.js";
import {trainingStep} from "../src/lib/training/step.js";
import {study} from "../src/study.js";

export interface BatchesBench {
  model: string;
  size: number;
  batch: number;
}

/** One line of the result: times are means, in milliseconds. */
export interface BatchesRow extends BatchesBench {
  threads: number;
  /** From one batch to the next where nothing else is done. */
  prepare_ms: number;
  /** Of a step of training, waiting included. */
  step_ms: number;
  /** The share of the steps' time that was spent waiting for batches. */
  waited: number;
}

const [classes, images, warmUp, steps] = [4, 256, 3, 12];
const phase = {train: "all", trainBatchNorm: true, maxRate: 1e-3} as const;

/** Measures one size, without threads and with as many as this machine gets. */
export async function* measureBatches(bench: BatchesBench): AsyncGenerator<BatchesRow> {
  const {size, batch} = bench;
  const {work, dispose} = training(bench);
  const random = mulberry32(1);
  const pixels = {
    size,
    rows: toRows(Int32Array.from({length: images}, (_, i) => i)),
    labels: Int32Array.from({length: images}, (_, i) => i % classes),
    data: Uint8Array.from({length: images * size * size}, () => 256 * random())
  };
  const {mixup, augmentation} = Object.values(study.procedures)[0];
  const settings = {seed: 1, classes, mixup, augmentation};
  for (const threads of [0, defaultThreads()]) {
    const open = () => batchSource(pixels, settings, endlessJobs(batch), {threads});
    const prepare = await clock(open(), async () => {});
    const step = await clock(open(), work);
    yield {...bench, threads, prepare_ms: prepare.ms, step_ms: step.ms, waited: step.waited};
  }
  dispose();
}

function* endlessJobs(batch: number): Generator<BatchJob> {
  for (let step = 0; ; ++step) {
    yield {
      positions: toPositions(Int32Array.from({length: batch}, (_, i) => (step * batch + i) % images)),
      epoch: 0,
      step
    };
  }
}

/** A step of training on a batch, to its end. */
function training({model, size, batch}: BatchesBench) {
  const network = new Network(architecture(model), {classes, size, dropout: 0.5}, randomly(1));
  const {groups, frozen} = trained(network, phase);
  const optimizer = new Adam(groups);
  const train = trainingStep({network, optimizer, loss: lossOf, frozen, batchSize: batch, size, classes});
  const variables = [...network.variables.values(), ...optimizer.moments];
  const program = fastest({train}, variables, (message) => console.error(message));
  const work = async (prepared: Awaited<ReturnType<BatchSource["next"]>>) => {
    const results = program.run("train", {...prepared, seed: 0, ...optimizer.next({rate: 1e-4, momentum: 0.9})});
    await results.loss.data();
    tf.dispose({...results});
    await new Promise(setImmediate);
  };
  const dispose = () => (program.dispose(), network.dispose(), optimizer.dispose());
  return {work, dispose};
}

/** Works on some batches to warm up, then on those that are timed; closes the source. */
async function clock(source: BatchSource, work: ReturnType<typeof training>["work"]) {
  let [start, before] = [0, 0];
  for (let i = -warmUp; i < steps; ++i) {
    if (i === 0) [start, before] = [performance.now(), source.waited];
    await work(await source.next());
  }
  const ms = performance.now() - start;
  const waited = (1000 * (source.waited - before)) / ms;
  await source.close();
  return {ms: ms / steps, waited};
}

/** Measures every size and prints a table, or lines of JSON. */
export async function benchBatches({sizes, ...bench}: Omit<BatchesBench, "size"> & {sizes: number[]}, json: boolean) {
  architecture(bench.model);
  await useBackend();
  if (!json) console.log(line("size", "threads", "batch alone", "step", "waited"));
  for (const size of sizes) {
    for await (const row of measureBatches({...bench, size})) console.log(json ? JSON.stringify(row) : format(row));
  }
}

const format = ({size, threads, prepare_ms, step_ms, waited}: BatchesRow) =>
  line(size, threads, `${prepare_ms.toFixed(1)} ms`, `${step_ms.toFixed(0)} ms`, `${(100 * waited).toFixed(2)}%`);

const line = (...cells: (string | number)[]) => cells.map((cell) => String(cell).padStart(11)).join("  ");
