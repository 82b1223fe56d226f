import assert from "node:assert/strict";
import {before, test} from "node:test";
import * as tf from "@tensorflow/tfjs";
import type {Pixels} from "../../src/lib/dataset/types.js";
import {useBackend} from "../../src/lib/engine/backend.js";
import {randomly} from "../../src/lib/models/initialise.js";
import type {Layers, Mode} from "../../src/lib/models/layers.js";
import {Network} from "../../src/lib/models/network.js";
import {architectures} from "../../src/lib/models/registry.js";
import {decode, encode} from "../../src/lib/pipeline/codec.js";
import {mulberry32} from "../../src/lib/support/random.js";
import type {TrainingOptions, TrainingState} from "../../src/lib/training/learner.js";
import {train} from "../../src/lib/training/learner.js";
import type {Settings} from "../../src/lib/training/procedure.js";

before(async () => void (await useBackend()));

const size = 32;

/** Stripes across or along, with noise: a task that a tiny network learns in seconds. */
function stripes(count: number, seed: number): Pixels {
  const random = mulberry32(seed);
  const labels = Int32Array.from({length: count}, (_, i) => i % 2);
  const data = Uint8Array.from({length: count * size * size}, (_, at) => {
    const [image, y, x] = [Math.floor(at / (size * size)), Math.floor(at / size) % size, at % size];
    return ((labels[image] === 0 ? x : y) % 8 < 4 ? 160 : 40) + 60 * random();
  });
  return {size, rows: Int32Array.from(labels.keys()), labels, data};
}

/** One convolution and batch norm: what a body has, at the cost of a test. */
const tiny = {
  ...architectures[0],
  body: (layers: Layers, x: tf.Tensor4D, mode: Mode) =>
    layers.relu(
      "relu",
      layers.batchNorm("bn", layers.conv("conv", x, mode, {filters: 8, kernel: 3, strides: 2}), mode, {
        epsilon: 1e-3,
        momentum: 0.9
      }),
      mode
    )
};

const procedure: Settings = {
  size,
  batchSize: 8,
  phases: [
    {train: "head", epochs: 1, maxRate: 1e-2},
    {train: "all", epochs: 3, maxRate: 1e-2}
  ],
  weightDecay: 1e-2,
  dropout: 0.2,
  mixup: 0.2,
  augmentation: {flip: true, rotate: 5, zoom: 1.05, lighting: 0.1}
};

const accuracy = (probabilities: Float32Array, labels: Int32Array) => {
  const right = labels.filter((label, i) => probabilities[2 * i + label] > 0.5).length / labels.length;
  return {accuracy: right, macroF1: right, weightedF1: right};
};

const options = (changes: Partial<TrainingOptions> = {}): TrainingOptions => ({
  network: new Network(tiny, {classes: 2, size, dropout: procedure.dropout}, randomly(1)),
  procedure,
  train: stripes(64, 1),
  validation: stripes(32, 2),
  classes: 2,
  seed: 1,
  score: accuracy,
  ...changes
});

const weightsOf = async (network: Network) => Object.fromEntries(await network.save());
const copy = (state: TrainingState) => decode(encode(state)) as unknown as TrainingState;

test("two phases learn the task, record every step and epoch, and keep the best epoch's weights", async () => {
  const run = options();
  const tensors = tf.memory().numTensors;
  const state = await train(run);
  assert.equal(tf.memory().numTensors, tensors, "no tensor is left behind");
  assert.deepEqual(
    state.epochs.map(({phase}) => phase),
    ["head", "all", "all", "all"]
  );
  assert.equal(state.rates.length, 4 * 8);
  assert.ok(state.best!.score > 0.9, `weighted F1 ${state.best!.score}`);
  assert.deepEqual(await weightsOf(run.network), state.best!.weights);
});

test("a phase goes on from the best epoch of the one before, and the best of the last phase is kept", async () => {
  const scored = [0.9, 0.1, 0.2, 0.5, 0.4];
  let epoch = 0;
  const still = {train: "all", epochs: 3, maxRate: 1e-12} as const;
  const kernels: Float32Array[] = [];
  const run = options({
    procedure: {...procedure, phases: [{train: "head", epochs: 2, maxRate: 1e-2}, still]},
    score: () => ({accuracy: 0, macroF1: 0, weightedF1: scored[epoch++]}),
    events: {onEpoch: ({weights}) => kernels.push(weights["head_logits/kernel"].data)}
  });
  const {best} = await train(run);
  assert.equal(best!.epoch, 4);
  const distance = (a: Float32Array, b: Float32Array) => Math.max(...a.map((value, i) => Math.abs(value - b[i])));
  assert.ok(distance(kernels[2], kernels[0]) < 1e-6, "the third epoch began where the first had ended");
  assert.ok(distance(kernels[1], kernels[0]) > 1e-4);
});

test("a run that was interrupted after any epoch and continued has the same weights, bit for bit", async () => {
  const whole = options();
  const states: TrainingState[] = [];
  await train({...whole, events: {onEpoch: (state) => states.push(copy(state))}});
  for (const stopped of states.slice(0, 2)) {
    const continued = options({resume: stopped});
    await train(continued);
    assert.deepEqual(await weightsOf(continued.network), await weightsOf(whole.network));
  }
});

test("a frozen body keeps its weights and statistics", async () => {
  const run = options({procedure: {...procedure, phases: [procedure.phases[0]]}});
  const body = () => [...run.network.body.variables.values()].map((variable) => Array.from(variable.dataSync()));
  const before = body();
  await train(run);
  assert.deepEqual(body(), before);
});

test("a loss that is not finite stops the run and says where and what to do", async () => {
  const run = options();
  const bias = run.network.head.variables.get("head_logits/bias")!;
  bias.assign(tf.tensor1d([NaN, 0]));
  await assert.rejects(train(run), /The loss became NaN in step 1 of epoch 1[^]*Lower maxRate/);
});

test("an aborted run throws the reason after the epochs that were handed over", async () => {
  const controller = new AbortController();
  const reason = new Error("stop");
  const seen: number[] = [];
  const events = {onEpoch: ({epochs}: TrainingState) => (seen.push(epochs.length), controller.abort(reason))};
  await assert.rejects(train(options({signal: controller.signal, events})), reason);
  assert.deepEqual(seen, [1]);
});
