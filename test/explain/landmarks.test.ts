import assert from "node:assert/strict";
import {before, test} from "node:test";
import * as tf from "@tensorflow/tfjs";
import {toRows} from "../../src/lib/dataset/rows.js";
import {useBackend} from "../../src/lib/engine/backend.js";
import {landmarkFeatures, landmarks} from "../../src/lib/explain/landmarks.js";
import {randomly} from "../../src/lib/models/initialise.js";
import {Network} from "../../src/lib/models/network.js";
import type {LayerProfile} from "../../src/lib/models/profile.js";
import {profile} from "../../src/lib/models/profile.js";
import {architecture} from "../../src/lib/models/registry.js";
import {pooledFeatures} from "../../src/lib/training/inference.js";

before(async () => void (await useBackend()));

const layer = (name: string, macs: number, part: LayerProfile["part"] = "body"): LayerProfile => ({
  ...{layer: name, part, macs, parameters: 0, statistics: 0},
  shape: part === "body" ? [8, 8, 16] : [4]
});
const layers = [
  ...[layer("conv1", 9), layer("bn1", 0), layer("relu1", 0), layer("conv2", 9), layer("conv3", 9), layer("add", 0)],
  ...[layer("conv4", 9), layer("relu4", 0), layer("dense", 9, "head")]
];

test("landmarks are what layers with a kernel leave to the next, spread from the first to the last of the body", () => {
  const found = (count: number) => landmarks(layers, count).map(({layer, depth}) => [layer, depth]);
  assert.deepEqual(found(3), [
    ["relu1", 0.25],
    ["add", 0.75],
    ["relu4", 1]
  ]);
  assert.deepEqual(found(1), [["relu4", 1]]);
  assert.deepEqual(
    found(9).map(([name]) => name),
    ["relu1", "conv2", "add", "relu4"]
  );
});

test("features are the means over positions, the last landmark's those of the last feature map, and nothing leaks", async () => {
  const [size, count] = [32, 5];
  const network = new Network(architecture("mobilenetv2_0.35"), {classes: 4, size, dropout: 0}, randomly(1));
  const marks = landmarks(profile(network.architecture, {size, classes: 4}).layers, 6);
  assert.equal(marks.at(-1)!.layer, network.architecture.featureLayer);
  const data = Uint8Array.from({length: count * size * size}, (_, i) => (i * 37) % 251);
  const pixels = {
    rows: toRows(Int32Array.from({length: count}, (_, i) => i)),
    labels: new Int32Array(count),
    size,
    data
  };
  const tensors = tf.memory().numTensors;
  const features = await landmarkFeatures(network, marks, pixels);
  assert.equal(tf.memory().numTensors, tensors);
  assert.deepEqual(
    features.map(({values, columns}) => [values.length, columns]),
    marks.map(({channels}) => [count * channels, channels])
  );
  // After the maxima stand the means.
  const pooled = await pooledFeatures(network, pixels);
  const {values, columns} = features.at(-1)!;
  values.forEach((value, i) => {
    const expected = pooled[Math.floor(i / columns) * 2 * columns + columns + (i % columns)];
    assert.ok(Math.abs(value - expected) < 1e-5, `${value} is not ${expected}`);
  });
  network.dispose();
});
