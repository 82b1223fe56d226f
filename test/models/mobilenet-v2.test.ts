import assert from "node:assert/strict";
import {readFileSync} from "node:fs";
import {join} from "node:path";
import {before, test} from "node:test";
import * as tf from "@tensorflow/tfjs";
import {useBackend} from "../../src/lib/engine/backend.js";
import type {Initialise} from "../../src/lib/models/layers.js";
import {Layers} from "../../src/lib/models/layers.js";
import {mobileNetV2} from "../../src/lib/models/mobilenet-v2.js";
import {fnv1a32, mulberry32} from "../../src/lib/support/random.js";

const reference = process.env.REFERENCE_DIR;
const skip = reference ? false : "REFERENCE_DIR is not set";

interface Summary {
  shape: number[];
  mean: number;
  std: number;
  l2: number;
  first: number[];
  last: number[];
}

/** The weight rule of the reference files: every tensor from a stream of its own, seeded by its name in Keras 3. */
const byRule: Initialise = (name, shape) => {
  const u = mulberry32(fnv1a32(name.replace("depthwise_kernel", "kernel")));
  const fanIn = shape.slice(0, -1).reduce((a, b) => a * b, 1);
  const rules: [RegExp, (u: number) => number][] = [
    [/kernel$/, (u) => Math.sqrt(6 / fanIn) * (2 * u - 1)],
    [/\/(gamma|moving_variance)$/, (u) => 0.8 + 0.4 * u],
    [/./, (u) => 0.2 * u - 0.1]
  ];
  const rule = rules.find(([pattern]) => pattern.test(name))![1];
  return tf.tensor(
    Float32Array.from({length: shape.reduce((a, b) => a * b, 1)}, () => rule(u())),
    shape
  );
};

function agrees(output: tf.Tensor, expected: Summary, tolerance: number, what: string) {
  assert.deepEqual(output.shape, expected.shape, what);
  const values = Array.from(output.dataSync());
  const mean = values.reduce((a, b) => a + b, 0) / values.length;
  const scale = expected.l2 / Math.sqrt(values.length);
  const near = (actual: number, wanted: number, name: string) =>
    assert.ok(Math.abs(actual - wanted) <= tolerance * scale, `${what} ${name}: ${actual}, expected ${wanted}`);
  near(mean, expected.mean, "mean");
  near(Math.sqrt(values.reduce((a, b) => a + b * b, 0) / values.length), scale, "root mean square");
  expected.first.forEach((value, i) => near(values[i], value, `first[${i}]`));
  expected.last.forEach((value, i) => near(values.at(i - expected.last.length)!, value, `last[${i}]`));
}

before(async () => void (await useBackend()));

test("every listed activation equals Keras's", {skip}, () => {
  const {
    input,
    activations,
    global_average_pool: pooled,
    parameters
  } = JSON.parse(readFileSync(join(reference!, "mobilenetv2_0.35.json"), "utf8")) as {
    input: {shape: [number, number, number, number]; seed: number};
    activations: Record<string, Summary>;
    global_average_pool: Summary;
    parameters: number;
  };
  const tolerance = tf.getBackend() === "tensorflow" ? 1e-4 : 1e-3;
  const layers = new Layers(byRule);
  const seen = new Set<string>();
  tf.tidy(() => {
    const u = mulberry32(input.seed);
    const x = tf.tensor4d(
      Float32Array.from({length: input.shape.reduce((a, b) => a * b)}, () => 2 * u() - 1),
      input.shape
    );
    const tap = (layer: string, output: tf.Tensor) => {
      if (activations[layer]) agrees(output, activations[layer], tolerance, layer);
      seen.add(layer);
      return output;
    };
    const features = mobileNetV2(0.35).body(layers, x, {training: false, tap});
    agrees(tf.mean(features, [1, 2]), pooled, tolerance, "global average pool");
  });
  assert.deepEqual(
    Object.keys(activations).filter((layer) => !seen.has(layer)),
    []
  );
  assert.equal(
    [...layers.variables.values()].reduce((sum, {size}) => sum + size, 0),
    parameters
  );
  layers.dispose();
});

test("the body has 410,208 values at width 0.35 and halves every fifth resolution", () => {
  const layers = new Layers(byRule);
  const shape = tf.tidy(() => mobileNetV2(0.35).body(layers, tf.zeros([1, 64, 96, 3]), {training: false}).shape);
  assert.deepEqual(shape, [1, 2, 3, 1280]);
  assert.equal(
    [...layers.variables.values()].reduce((sum, {size}) => sum + size, 0),
    410_208
  );
  layers.dispose();
});
