import assert from "node:assert/strict";
import {before, test} from "node:test";
import * as tf from "@tensorflow/tfjs";
import {useBackend} from "../../src/lib/engine/backend.js";
import {Adam} from "../../src/lib/training/adam.js";

before(async () => void (await useBackend()));

const settings = {rate: 0.1, momentum: 0.9};

/** The update written out for one number. */
function reference(start: number, gradients: number[], weightDecay: number): number {
  let [value, m, v] = [start, 0, 0];
  gradients.forEach((gradient, i) => {
    m = 0.9 * m + 0.1 * gradient;
    v = 0.99 * v + 0.01 * gradient ** 2;
    const step = (0.1 * (m / (1 - 0.9 ** (i + 1)))) / (Math.sqrt(v / (1 - 0.99 ** (i + 1))) + 1e-8);
    value = value * (1 - 0.1 * weightDecay) - step;
  });
  return value;
}

test("steps equal the formula for every number of every variable, with decoupled decay", () => {
  const variables = [tf.variable(tf.tensor2d([[1, -2]])), tf.variable(tf.tensor1d([3]))];
  const adam = new Adam([{variables, share: 1}], {weightDecay: 0.5});
  const gradients = [0.3, -1, 2];
  for (const gradient of gradients) {
    const tensors = [tf.fill([1, 2], gradient), tf.fill([1], -gradient)];
    adam.apply(tensors, settings);
    tf.dispose(tensors);
  }
  const actual = variables.flatMap((variable) => Array.from(variable.dataSync()));
  const negative = gradients.map((gradient) => -gradient);
  const expected = [reference(1, gradients, 0.5), reference(-2, gradients, 0.5), reference(3, negative, 0.5)];
  actual.forEach((value, i) => assert.ok(Math.abs(value - expected[i]) < 1e-5, `${actual} is not ${expected}`));
});

test("a restored optimizer goes on exactly where the saved one stopped, and no tensor leaks", async () => {
  const [a, b] = [tf.variable(tf.ones([3])), tf.variable(tf.ones([3]))];
  const [first, second] = [a, b].map((variable) => new Adam([{variables: [variable], share: 1}]));
  const gradient = tf.tensor1d([1, 2, 3]);
  const before = tf.memory().numTensors;
  first.apply([gradient], settings);
  assert.equal(tf.memory().numTensors, before);
  b.assign(a);
  second.restore(await first.save());
  first.apply([gradient], settings);
  second.apply([gradient], settings);
  assert.deepEqual(Array.from(a.dataSync()), Array.from(b.dataSync()));
});
