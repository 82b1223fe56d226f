import assert from "node:assert/strict";
import {createHash} from "node:crypto";
import {before, test} from "node:test";
import * as tf from "@tensorflow/tfjs";
import {useBackend} from "../../src/lib/engine/backend.js";
import type {NamedWeights} from "../../src/lib/models/architecture.js";
import type {Scheme} from "../../src/lib/models/architecture.js";
import {
  glorotUniform,
  heNormal,
  heNormalFanOut,
  heUniform,
  meanVariance,
  randomly
} from "../../src/lib/models/initialise.js";
import {Network} from "../../src/lib/models/network.js";
import {architecture} from "../../src/lib/models/registry.js";
import {normal, stream} from "../../src/lib/measures/random.js";

before(async () => void (await useBackend()));

const valuesOf = (name: string, shape: number[], scheme?: Scheme, seed = 1) =>
  tf.tidy(() => Array.from(randomly(seed, scheme)(name, shape).dataSync()));

function moments(values: ArrayLike<number>) {
  const all = Array.from(values);
  const mean = all.reduce((a, b) => a + b, 0) / all.length;
  return {mean, deviation: Math.sqrt(all.reduce((sum, value) => sum + (value - mean) ** 2, 0) / all.length)};
}

/** Within that share of what is expected. */
const near = (actual: number, expected: number, share: number, what?: string) =>
  assert.ok(Math.abs(actual - expected) <= share * Math.abs(expected), `${what ?? ""} ${actual}, expected ${expected}`);

test("MobileNetV2 starts from the values that the published results started from", () => {
  const options = {classes: 4, size: 32, dropout: 0.5};
  const mobileNet = architecture("mobilenetv2_0.35");
  const network = new Network(mobileNet, options, randomly(1, mobileNet.scheme));
  const hash = createHash("sha256");
  for (const [name, variable] of network.variables) {
    hash.update(name).update(new Uint8Array(Float32Array.from(variable.dataSync()).buffer));
  }
  network.dispose();
  assert.equal(hash.digest("hex"), "1fced39bd733a6e5684a4ef67ddaf7957f993314226bdff83d7a26d26079c50b");
});

test("each scheme has its variance, normal or uniform, and no more than its limit", () => {
  const shape = [3, 3, 32, 64];
  const [fanIn, fanOut] = [9 * 32, 9 * 64];
  const schemes: [Scheme, number, boolean][] = [
    [glorotUniform, 2 / (fanIn + fanOut), true],
    [heUniform, 2 / fanIn, true],
    [heNormal, 2 / fanIn, false],
    [heNormalFanOut, 2 / fanOut, false]
  ];
  for (const [scheme, variance, isUniform] of schemes) {
    const values = valuesOf("a/kernel", shape, scheme);
    const {mean, deviation} = moments(values);
    near(deviation, Math.sqrt(variance), 0.02);
    assert.ok(Math.abs(mean) < 0.02 * deviation);
    const largest = Math.max(...values.map(Math.abs));
    if (isUniform) near(largest, Math.sqrt(3 * variance), 0.01);
    else assert.ok(largest > 3 * deviation);
  }
});

test("batch norms are the identity, biases zero, the head's kernels He's whatever the body's scheme", () => {
  assert.deepEqual(valuesOf("a/gamma", [2], heNormal), [1, 1]);
  assert.deepEqual(valuesOf("a/moving_variance", [2], heNormal), [1, 1]);
  assert.deepEqual(valuesOf("a/bias", [2], heNormal), [0, 0]);
  assert.deepEqual(valuesOf("head_dense/kernel", [8, 4], heNormal), valuesOf("head_dense/kernel", [8, 4]));
});

test("a depthwise kernel's outputs are its own channel's, as in EfficientNet's code", () => {
  near(moments(valuesOf("a/depthwise_kernel", [5, 5, 400, 1], heNormalFanOut)).deviation, Math.sqrt(2 / 25), 0.02);
});

test("values depend on the seed and the name", () => {
  const values = (name: string, seed: number) => valuesOf(name, [1, 1, 2, 2], heNormal, seed);
  assert.deepEqual(values("a/kernel", 1), values("a/kernel", 1));
  assert.notDeepEqual(values("a/kernel", 1), values("a/kernel", 2));
  assert.notDeepEqual(values("a/kernel", 1), values("b/kernel", 1));
});

/** A tensor of 40,000 values made of standard normal ones. */
const made = (name: string, of: (z: number) => number) => {
  const random = stream(1, name);
  return {shape: [200, 200], data: Float32Array.from({length: 40_000}, () => of(normal(random)))};
};

test("mean-var keeps each tensor's mean and deviation and nothing else; variances stay positive", () => {
  const pretrained: NamedWeights = new Map([
    ["a/kernel", made("a", (z) => 0.3 + 0.05 * z ** 2)],
    ["b/gamma", made("b", (z) => 1 + 0.2 * z)],
    ["b/moving_variance", made("c", (z) => z ** 2)],
    ["c/moving_variance", {shape: [3], data: new Float32Array([2, 2, 2])}]
  ]);
  const drawn = meanVariance(pretrained, 1);
  assert.deepEqual([...drawn.keys()], [...pretrained.keys()]);
  for (const [name, {shape, data}] of pretrained) {
    const [before, after] = [moments(data), moments(drawn.get(name)!.data)];
    assert.deepEqual(drawn.get(name)!.shape, shape);
    near(after.mean, before.mean, 0.03, name);
    near(after.deviation, before.deviation, 0.05, name);
  }
  assert.notDeepEqual(drawn.get("a/kernel")!.data, pretrained.get("a/kernel")!.data);
  assert.ok(drawn.get("b/moving_variance")!.data.every((value) => value > 0));
  // Normal: a share of 0.0455 lies beyond two deviations; of the squares that it replaces, none does on the lower side.
  const {mean, deviation} = moments(drawn.get("a/kernel")!.data);
  const beyond = (sign: number) =>
    drawn.get("a/kernel")!.data.filter((value) => sign * (value - mean) > 2 * deviation).length / 40_000;
  near(beyond(1), 0.0228, 0.1);
  near(beyond(-1), 0.0228, 0.1);
  assert.deepEqual(meanVariance(pretrained, 1), drawn);
  assert.notDeepEqual(meanVariance(pretrained, 2), drawn);
});

test("a tensor that is zero everywhere stays so, as does its variance", () => {
  const zero = {shape: [2], data: new Float32Array(2)};
  const drawn = meanVariance(
    new Map([
      ["a/kernel", zero],
      ["a/moving_variance", zero]
    ]),
    1
  );
  for (const {data} of drawn.values()) assert.deepEqual(Array.from(data), [0, 0]);
});
