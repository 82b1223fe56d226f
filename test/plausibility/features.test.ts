import assert from "node:assert/strict";
import {test} from "node:test";
import * as tf from "@tensorflow/tfjs";
import {toRows} from "../../src/lib/dataset/rows.js";
import {useBackend} from "../../src/lib/engine/backend.js";
import {randomly} from "../../src/lib/models/initialise.js";
import {Network} from "../../src/lib/models/network.js";
import {architecture, modelIds} from "../../src/lib/models/registry.js";
import {judgedFeatures, judgedLayers} from "../../src/lib/plausibility/features.js";
import {mulberry32} from "../../src/lib/measures/random.js";

process.env.TFJS_BACKEND ??= "wasm";
const size = 32;

test(
  "every network has several layers to be judged by, of which the last is the body's",
  {timeout: 300_000},
  async () => {
    await useBackend();
    for (const id of modelIds.filter((id) => !/resnext|covid/.test(id))) {
      const network = new Network(architecture(id), {classes: 4, size, dropout: 0}, randomly(1));
      const layers = judgedLayers(network);
      assert.equal(new Set(layers).size, 4, id);
      assert.equal(layers.at(-1), network.architecture.featureLayer, id);
      network.dispose();
    }
  }
);

test("features inside see above and below, the last layer's do not leave tensors behind", async () => {
  await useBackend();
  const network = new Network(architecture("mobilenetv2_0.35"), {classes: 4, size: 64, dropout: 0}, randomly(1));
  const random = mulberry32(1);
  const upright = Uint8Array.from({length: 64 * 64}, (_, at) =>
    Math.round((4 * Math.floor(at / 64) + 255 * random()) / 2)
  );
  const pixels = (data: Uint8Array) => ({size: 64, rows: toRows(new Int32Array(1)), labels: new Int32Array(1), data});
  const before = tf.memory().numTensors;
  const [a, b] = [
    await judgedFeatures(network, pixels(upright)),
    await judgedFeatures(network, pixels(upright.toReversed()))
  ];
  assert.equal(tf.memory().numTensors, before);
  // Four quarters of the channels of three layers, then the last layer's.
  assert.equal(a.length, 4 * (96 + 24 + 56) + 1280);
  const change =
    a.reduce((sum, value, i) => sum + Math.abs(value - b[i]), 0) / a.reduce((sum, value) => sum + Math.abs(value), 0);
  assert.ok(change > 0.05, `${change}`);
  network.dispose();
});
