import assert from "node:assert/strict";
import {test} from "node:test";
import * as tf from "@tensorflow/tfjs";
import {adamUpdate} from "../../src/lib/engine/adam-update.js";
import type {BackendName} from "../../src/lib/engine/backend.js";
import {tryBackend} from "../../src/lib/engine/backend.js";
import {dropout, uniform} from "../../src/lib/engine/dropout.js";
import {batchNormTrain} from "../../src/lib/engine/fused.js";
import {eager} from "../../src/lib/engine/graph/eager.js";
import {groupedConv2d} from "../../src/lib/engine/grouped-convolution.js";
import {randomly} from "../../src/lib/models/initialise.js";
import type {Layers, Mode} from "../../src/lib/models/layers.js";
import {Network} from "../../src/lib/models/network.js";
import {architectures} from "../../src/lib/models/registry.js";
import {normal, stream} from "../../src/lib/measures/random.js";
import {Adam} from "../../src/lib/training/adam.js";
import {lossOf} from "../../src/lib/training/loss.js";
import {trained} from "../../src/lib/training/parameter-groups.js";
import {trainingStep} from "../../src/lib/training/step.js";
import {offerSwiftShader} from "./swiftshader.js";

type T4 = tf.Tensor4D;

offerSwiftShader();
const {works, reason} = await tryBackend("webgpu", {emulated: true});
const skip = works ? false : reason;

/** Inputs of given shapes, and what is computed of them. */
interface Case {
  shapes: number[][];
  compute(...inputs: tf.Tensor[]): tf.Tensor;
}

const image = [2, 5, 6, 3];
const norm = (shape: number[]): Case => ({
  shapes: [shape, [shape.at(-1)!], [shape.at(-1)!]],
  compute: (x, gamma, beta) => batchNormTrain(x, gamma as tf.Tensor1D, beta as tf.Tensor1D, 1e-3).y
});

const cases: Record<string, Case> = {
  "batch norm of images": norm(image),
  "batch norm of rows, in several blocks of channels": norm([9, 70]),
  "batch norm of many rows, in slabs that do not come out even": norm([2, 15, 11, 5]),
  relu: {shapes: [image], compute: tf.relu},
  relu6: {shapes: [image], compute: (x) => tf.relu6(tf.mul(x, 4))},
  "conv2d, stride 2": {shapes: [image, [3, 3, 3, 4]], compute: (x, w) => tf.conv2d(x as T4, w as T4, 2, "same")},
  "conv2d, 1x1": {shapes: [image, [1, 1, 3, 5]], compute: (x, w) => tf.conv2d(x as T4, w as T4, 1, "valid")},
  "depthwiseConv2d, stride 2": {
    shapes: [image, [3, 3, 3, 1]],
    compute: (x, w) => tf.depthwiseConv2d(x as T4, w as T4, 2, "same")
  },
  groupedConv2d: {
    shapes: [
      [1, 4, 4, 4],
      [3, 3, 2, 6]
    ],
    compute: (x, w) => groupedConv2d(x as T4, w as T4, 1, "same")
  },
  "avgPool, same": {shapes: [image], compute: (x) => tf.avgPool(x as T4, 3, 2, "same")},
  maxPool: {shapes: [image], compute: (x) => tf.maxPool(x as T4, 3, 2, "same")},
  matMul: {
    shapes: [
      [3, 4],
      [4, 5]
    ],
    compute: (a, b) => tf.matMul(a as tf.Tensor2D, b as tf.Tensor2D)
  },
  "softmax cross-entropy": {
    shapes: [[3, 4]],
    compute: (x) => tf.mul(tf.logSoftmax(x as tf.Tensor2D), tf.oneHot(tf.tensor1d([0, 3, 1], "int32"), 4))
  },
  concat: {shapes: [image, [2, 5, 6, 1]], compute: (a, b) => tf.concat([a, b], 3)}
};

const numbers = (shape: number[], name: string) => {
  const random = stream(3, name);
  return tf.tensor(
    Float32Array.from({length: tf.util.sizeFromShape(shape)}, () => normal(random)),
    shape
  );
};

/** Value and all gradients of every case, one after the other, read in one go: reading is what takes time. */
async function evaluate(backend: BackendName): Promise<Record<string, number[]>> {
  assert.ok((await tryBackend(backend, {emulated: true})).works);
  const results = Object.entries(cases).map(([name, {shapes, compute}]) => {
    const flat = tf.tidy(() => {
      const inputs = shapes.map((shape, i) => numbers(shape, `${name}/${i}`));
      const value = compute(...inputs);
      const weights = numbers(value.shape, `${name}/weights`);
      const gradients = tf.grads((...xs) => tf.sum(tf.mul(compute(...xs), weights)))(inputs);
      return tf.concat([value, ...gradients].map((tensor) => tf.reshape(tensor, [-1])));
    });
    return {name, flat};
  });
  const values = await Promise.all(results.map(async ({name, flat}) => [name, Array.from(await flat.data())] as const));
  tf.dispose(results.map(({flat}) => flat));
  return Object.fromEntries(values);
}

function close(actual: number[], expected: number[], tolerance: number, what: string) {
  assert.equal(actual.length, expected.length, what);
  const scale = Math.max(1, ...expected.map(Math.abs));
  expected.forEach((value, i) => {
    assert.ok(Math.abs(actual[i] - value) <= tolerance * scale, `${what}[${i}] is ${actual[i]}, expected ${value}`);
  });
}

test("webgpu computes values and gradients as cpu does, and leaves no tensors behind", {skip}, async (t) => {
  const expected = await evaluate("cpu");
  await tf.setBackend("webgpu");
  const before = tf.memory().numTensors;
  const actual = await evaluate("webgpu");
  assert.equal(tf.memory().numTensors, before);
  for (const name of Object.keys(cases)) await t.test(name, () => close(actual[name], expected[name], 1e-4, name));
});

test("webgpu draws uniform numbers from seed and purpose, and dropout keeps its share of them", {skip}, async () => {
  await tf.setBackend("webgpu");
  const draw = async (compute: () => tf.Tensor) => {
    const tensor = tf.tidy(compute);
    const values = Array.from(await tensor.data());
    tensor.dispose();
    return values;
  };
  const before = tf.memory().numTensors;
  const [first, again, otherSeed, otherPurpose, dropped] = await Promise.all([
    draw(() => uniform([4000], 3, "a")),
    draw(() => uniform([4000], tf.scalar(3, "int32"), "a")),
    draw(() => uniform([4000], -3, "a")),
    draw(() => uniform([4000], 3, "b")),
    draw(() => tf.grad((x) => dropout(x, 0.25, 7, "a"))(tf.ones([4000])))
  ]);
  assert.equal(tf.memory().numTensors, before);
  assert.deepEqual(again, first);
  for (const other of [otherSeed, otherPurpose]) assert.ok(Math.abs(correlation(first, other)) < 0.06);
  assert.ok(Math.abs(correlation(first.slice(1), first.slice(0, -1))) < 0.06);
  const counts = new Array<number>(10).fill(0);
  for (const number of first) counts[Math.floor(10 * number)] += 1;
  for (const count of counts) assert.ok(Math.abs(count - 400) < 80, `${counts}`);
  assert.ok(dropped.every((value) => value === 0 || Math.abs(value - 4 / 3) < 1e-6));
  assert.ok(Math.abs(dropped.filter(Boolean).length / 4000 - 0.75) < 0.04);
});

/** Of two series of numbers that are uniform in [0, 1). */
const correlation = (a: number[], b: number[]) =>
  a.reduce((sum, value, i) => sum + 12 * (value - 0.5) * (b[i] - 0.5), 0) / a.length;

/** Convolution, batch norm and head: the parts of every network that is trained. */
const body = (layers: Layers, x: T4, mode: Mode) => {
  const y = layers.conv("conv", x, mode, {filters: 4, kernel: 3, strides: 2});
  return layers.relu("relu", layers.batchNorm("bn", y, mode, {epsilon: 1e-3, momentum: 0.9}), mode);
};

/** Trains a tiny network anew for some steps on one batch. */
async function trainTiny(backend: BackendName, steps: number) {
  assert.ok((await tryBackend(backend, {emulated: true})).works);
  const [size, classes, batchSize] = [8, 2, 4];
  const network = new Network({...architectures[0], body}, {classes, size, dropout: 0}, randomly(1));
  const {groups, frozen} = trained(network, {train: "all", trainBatchNorm: true, maxRate: 1e-2});
  const optimizer = new Adam(groups, {weightDecay: 1e-2});
  const program = eager({train: trainingStep({network, optimizer, loss: lossOf, frozen, batchSize, size, classes})});
  const random = stream(1, "pixels");
  const images = Float32Array.from({length: batchSize * size * size}, random);
  const targets = Float32Array.of(1, 0, 0, 1, 1, 0, 0, 1);
  const [losses, tensors, bytes]: number[][] = [[], [], []];
  for (let step = 0; step < steps; ++step) {
    const numbers = optimizer.next({rate: 1e-2, momentum: 0.9});
    const {loss, gradientNorm} = program.run("train", {images, targets, seed: step, ...numbers});
    losses.push((await loss.data())[0]);
    tf.dispose([loss, gradientNorm]);
    tensors.push(tf.memory().numTensors);
    bytes.push((tf.memory() as {numBytesInGPU?: number}).numBytesInGPU ?? 0);
  }
  const weights = Object.fromEntries(await network.save());
  optimizer.dispose();
  return {losses, tensors, bytes, weights};
}

test("a training run on webgpu is the same as on cpu, and its memory stays flat", {skip}, async () => {
  const expected = await trainTiny("cpu", 5);
  const actual = await trainTiny("webgpu", 5);
  close(actual.losses, expected.losses, 1e-4, "loss");
  assert.ok(actual.losses.at(-1)! < actual.losses[0], `losses ${actual.losses}`);
  for (const [name, {data}] of Object.entries(expected.weights)) {
    close(Array.from(actual.weights[name].data), Array.from(data), 1e-3, name);
  }
  assert.equal(new Set(actual.tensors).size, 1, `tensors ${actual.tensors}`);
  assert.equal(new Set(actual.bytes.slice(1)).size, 1, `bytes on the GPU ${actual.bytes}`);
});

test("adam's kernel takes a rate for every value", {skip}, async () => {
  const step = async (backend: BackendName) => {
    assert.ok((await tryBackend(backend, {emulated: true})).works);
    const next = tf.tidy(() => {
      const [values, gradient, m] = ["values", "gradient", "m"].map((name) => numbers([6], name));
      const {v, ...rest} = adamUpdate(
        {values, gradient, m, v: tf.square(numbers([6], "v"))},
        {
          keep: tf.scalar(0.9),
          add: tf.scalar(0.1),
          rate: tf.abs(numbers([6], "rate")),
          correction: tf.scalar(0.5),
          decay: tf.abs(numbers([6], "decay"))
        },
        {beta2: 0.99, epsilon: 1e-8}
      );
      return tf.concat([rest.values, rest.m, v]);
    });
    const values = Array.from(await next.data());
    next.dispose();
    return values;
  };
  close(await step("webgpu"), await step("cpu"), 1e-5, "step");
});
