import assert from "node:assert/strict";
import {test} from "node:test";
import * as tf from "@tensorflow/tfjs";
import {tryBackend, useBackend} from "../../src/lib/engine/backend.js";
import {compile, eager, step} from "../../src/lib/engine/graph/index.js";
import {mulberry32, normal} from "../../src/lib/measures/random.js";
import type {LossOptions} from "../../src/lib/training/loss.js";
import {balancedWeights, lossOf} from "../../src/lib/training/loss.js";

await useBackend();
const {works, reason} = await tryBackend("tensorflow");

const [count, classes] = [5, 4];
const random = mulberry32(3);
const logits = Array.from({length: count}, () => Array.from({length: classes}, () => 2 * normal(random)));
const labels = [0, 2, 2, 3, 1];
const oneHot = labels.map((label) => Array.from({length: classes}, (_, i) => Number(i === label)));
/** Mixup's targets: 0.7 of the own class and 0.3 of the next example's. */
const mixed = oneHot.map((row, i) => row.map((share, c) => 0.7 * share + 0.3 * oneHot[(i + 1) % count][c]));
const weights = [4, 0.5, 1, 2];

const sum = (values: readonly number[]) => values.reduce((a, b) => a + b, 0);
const logProbabilities = (row: readonly number[]) => row.map((value) => value - Math.log(sum(row.map(Math.exp))));

function loss(rows: number[][], targets: number[][], options?: LossOptions): number {
  const before = tf.memory().numTensors;
  const result = tf.tidy(() => lossOf(tf.tensor2d(rows), tf.tensor2d(targets), options));
  const [value] = result.dataSync();
  result.dispose();
  assert.equal(tf.memory().numTensors, before);
  return value;
}

const close = (actual: number, expected: number) =>
  assert.ok(Math.abs(actual - expected) < 1e-5 * Math.abs(expected) + 1e-7, `${actual} is not ${expected}`);

/** The mean over the examples of what a label and its log-probabilities give. */
const meanOf = (each: (logs: number[], label: number) => number) =>
  sum(logits.map((row, i) => each(logProbabilities(row), labels[i]))) / count;

test("without options it is the mean negative log-likelihood", () => {
  close(
    loss(logits, oneHot),
    meanOf((logs, label) => -logs[label])
  );
});

test("targets of mixup give the same as mixing two losses", () => {
  const next = labels.map((_, i) => labels[(i + 1) % count]);
  const two = logits.map((row, i) => {
    const logs = logProbabilities(row);
    return -0.7 * logs[labels[i]] - 0.3 * logs[next[i]];
  });
  close(loss(logits, mixed), sum(two) / count);
});

test("label smoothing is fastai's: (1 - e) of the likelihood and e of the mean over all classes", () => {
  const smooth = (logs: number[], label: number) => 0.9 * -logs[label] + 0.1 * (-sum(logs) / classes);
  close(loss(logits, oneHot, {labelSmoothing: 0.1}), meanOf(smooth));
});

test("class weights give PyTorch's weighted mean", () => {
  const terms = logits.map((row, i) => -weights[labels[i]] * logProbabilities(row)[labels[i]]);
  close(loss(logits, oneHot, {weights}), sum(terms) / sum(labels.map((label) => weights[label])));
});

test("with weights and smoothing the mean is still over the weights of the labels, as in PyTorch", () => {
  const terms = logits.map((row, i) => {
    const logs = logProbabilities(row);
    const spread = sum(logs.map((log, c) => -weights[c] * log)) / classes;
    return 0.8 * -weights[labels[i]] * logs[labels[i]] + 0.2 * spread;
  });
  const expected = sum(terms) / sum(labels.map((label) => weights[label]));
  close(loss(logits, oneHot, {labelSmoothing: 0.2, weights}), expected);
});

test("focal loss is the paper's equation 4, and its equation 5 with class weights as alpha", () => {
  for (const gamma of [0.5, 2]) {
    const focal = (logs: number[], label: number) => -((1 - Math.exp(logs[label])) ** gamma) * logs[label];
    close(loss(logits, oneHot, {focal: gamma}), meanOf(focal));
    const weighted = logits.map((row, i) => weights[labels[i]] * focal(logProbabilities(row), labels[i]));
    const expected = sum(weighted) / sum(labels.map((label) => weights[label]));
    close(loss(logits, oneHot, {focal: gamma, weights}), expected);
  }
});

test("a certain prediction gives a focal loss and a gradient that are finite", () => {
  const sure = tf.tensor2d([[90, 0, 0, 0]]);
  const target = tf.tensor2d([[1, 0, 0, 0]]);
  const {value, grad} = tf.valueAndGrad((x) => lossOf(x as tf.Tensor2D, target, {focal: 0.5}))(sure);
  assert.ok([...value.dataSync(), ...grad.dataSync()].every(Number.isFinite));
  tf.dispose([sure, target, value, grad]);
});

test("loss and gradient are the same compiled as eager", {skip: works ? false : reason}, () => {
  const all: LossOptions[] = [{}, {labelSmoothing: 0.1}, {weights}, {focal: 2, weights, labelSmoothing: 0.1}];
  const inputs = {x: {shape: [count, classes]}, y: {shape: [count, classes]}};
  const steps = Object.fromEntries(
    all.map((options, i) => [
      `loss ${i}`,
      step(inputs, ({x, y}) => {
        const f = (x: tf.Tensor) => lossOf(x as tf.Tensor2D, y as tf.Tensor2D, options);
        const {value, grad} = tf.valueAndGrad(f)(x);
        return {value, grad};
      })
    ])
  );
  const programs = [compile(steps, []), eager(steps)];
  const feeds = {x: Float32Array.from(logits.flat()), y: Float32Array.from(mixed.flat())};
  for (const name of Object.keys(steps)) {
    const [compiled, plain] = programs.map((program) => {
      const {value, grad} = program.run(name, feeds);
      const numbers = [...value.dataSync(), ...grad.dataSync()];
      tf.dispose([value, grad]);
      return numbers;
    });
    assert.equal(compiled.length, 1 + count * classes);
    compiled.forEach((value, i) =>
      assert.ok(Math.abs(value - plain[i]) < 1e-6, `${name}: ${value} is not ${plain[i]}`)
    );
  }
  programs.forEach((program) => program.dispose());
});

test("balanced weights are scikit-learn's: all classes weigh the same together", () => {
  assert.deepEqual(balancedWeights([0, 0, 0, 0, 1, 1, 2, 2], 3), [8 / 12, 8 / 6, 8 / 6]);
});

test("balancing a class without images is refused", () => {
  assert.throws(() => balancedWeights([0, 2], 3), /Class 1 has no training image/);
});
