import assert from "node:assert/strict";
import {before, test} from "node:test";
import * as tf from "@tensorflow/tfjs";
import {useBackend} from "../../src/lib/engine/backend.js";
import type {CamMethod} from "../../src/lib/explain/cam-methods.js";
import {camMethods} from "../../src/lib/explain/cam-methods.js";
import {uniform} from "./uniform.js";

before(async () => void (await useBackend()));

type Shape = [number, number, number, number];

/** A method's map of activations and gradients of that shape. */
function mapOf(
  method: CamMethod,
  shape: Shape,
  activations: ArrayLike<number>,
  gradients: ArrayLike<number>
): number[] {
  const tensors = tf.memory().numTensors;
  const [a, g] = [activations, gradients].map((values) => tf.tensor4d(Float32Array.from(values), shape));
  const map = camMethods[method](a, g);
  assert.deepEqual(map.shape, shape.slice(0, 3));
  const values = Array.from(map.dataSync());
  tf.dispose([a, g, map]);
  assert.equal(tf.memory().numTensors, tensors);
  return values;
}

const names = Object.keys(camMethods) as CamMethod[];

function close(actual: number[], expected: number[]): void {
  assert.equal(actual.length, expected.length);
  const peak = Math.max(...expected);
  assert.ok(
    actual.every((value, i) => Math.abs(value - expected[i]) <= 1e-5 * peak),
    `${actual} is not ${expected}`
  );
}

/** Two positions of two channels each. The channels' sums of activations are 4 and 2. */
const activations = [1, 2, 3, 0];
const gradients = [0.5, -1, 1.5, 1];

const byHand: Record<CamMethod, number[]> = {
  // The channels' mean gradients are 1 and 0.
  "grad-cam": [1, 3],
  // The channels' weights are 0.5 / (2 + 2) + 1.5 / (2 + 6) = 0.3125 and 0 + 1 / (2 + 2) = 0.25.
  "grad-cam++": [0.3125 + 2 * 0.25, 3 * 0.3125],
  "hires-cam": [0, 4.5],
  "layer-cam": [0.5, 4.5]
};

for (const method of names) {
  test(`${method} of two positions is what one computes by hand`, () => {
    close(mapOf(method, [1, 1, 2, 2], activations, gradients), byHand[method]);
  });

  test(`${method} leaves a map empty where everything speaks against the class`, () => {
    const against = gradients.map((value) => -Math.abs(value));
    assert.deepEqual(mapOf(method, [1, 1, 2, 2], activations, against), [0, 0]);
  });

  test(`${method} does not mix the images of a batch`, () => {
    const both = mapOf(method, [2, 1, 2, 2], [...activations, 1, 1, 1, 1], [...gradients, 1, 2, 3, 4]);
    close(both, [...byHand[method], ...mapOf(method, [1, 1, 2, 2], [1, 1, 1, 1], [1, 2, 3, 4])]);
  });
}

test("Grad-CAM++ is equation 19 as it is printed, also where a gradient is 0", () => {
  const [channels, cells] = [3, 8];
  const a = Array.from(uniform(1, channels * cells));
  const g = Array.from(uniform(2, channels * cells), (u) => (u < 0.2 ? 0 : 2 * u - 1));
  const of = (values: number[], cell: number, k: number) => values[channels * cell + k];
  const all = Array.from({length: cells}, (_, cell) => cell);
  const weights = [0, 1, 2].map((k) => {
    const sum = all.reduce((total, cell) => total + of(a, cell, k), 0);
    const alpha = (d: number) => (d === 0 ? 0 : d ** 2 / (2 * d ** 2 + sum * d ** 3));
    return all.reduce((total, cell) => total + alpha(of(g, cell, k)) * Math.max(0, of(g, cell, k)), 0);
  });
  const expected = all.map((cell) => weights.reduce((total, weight, k) => total + weight * of(a, cell, k), 0));
  close(mapOf("grad-cam++", [1, 2, 4, channels], a, g), expected);
});

test("a vanishing denominator of Grad-CAM++ counts as no weight", () => {
  assert.ok(mapOf("grad-cam++", [1, 1, 2, 1], [1, -3], [1, 0]).every((value) => value === 0));
});

test("gradients that are the same at all positions make HiResCAM of Grad-CAM; behind a ReLU, LayerCAM is never less", () => {
  const a = uniform(3, 24);
  const constant = Array.from({length: 24}, (_, i) => [0.7, -0.4, 0.2][i % 3]);
  close(mapOf("hires-cam", [1, 2, 4, 3], a, constant), mapOf("grad-cam", [1, 2, 4, 3], a, constant));
  const varied = uniform(4, 24).map((u) => 2 * u - 1);
  const hires = mapOf("hires-cam", [1, 2, 4, 3], a, varied);
  const layer = mapOf("layer-cam", [1, 2, 4, 3], a, varied);
  assert.ok(layer.every((value, i) => value >= hires[i]) && layer.some((value, i) => value > hires[i] + 0.1));
});
