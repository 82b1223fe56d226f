import assert from "node:assert/strict";
import {test} from "node:test";
import * as tf from "@tensorflow/tfjs";
import {toRows} from "../../src/lib/dataset/rows.js";
import {tryBackend} from "../../src/lib/engine/backend.js";
import {pool} from "../../src/lib/models/head.js";
import {randomly} from "../../src/lib/models/initialise.js";
import {inference} from "../../src/lib/models/layers.js";
import {Network} from "../../src/lib/models/network.js";
import {architecture} from "../../src/lib/models/registry.js";
import {imageTensor, pooledFeatures, predict} from "../../src/lib/training/inference.js";

const {works, reason} = await tryBackend("tensorflow");
const skip = works ? false : reason;
const [size, count] = [32, 65];

test("probabilities and features of more images than a batch are those of the network itself", {skip}, async () => {
  const network = new Network(architecture("mobilenetv2_0.35"), {classes: 4, size, dropout: 0}, randomly(1));
  const data = Uint8Array.from({length: count * size * size}, (_, i) => (i * 37) % 251);
  const pixels = {
    rows: toRows(Int32Array.from({length: count}, (_, i) => i)),
    labels: new Int32Array(count),
    size,
    data
  };
  const before = tf.memory().numTensors;
  const seen: number[] = [];
  const actual = [await predict(network, pixels, (done) => seen.push(done)), await pooledFeatures(network, pixels)];
  assert.equal(tf.memory().numTensors, before);
  assert.deepEqual(seen, [64, 65]);
  const [logits, features] = tf.tidy(() => {
    const images = imageTensor(pixels, 0, count);
    return [tf.softmax(network.logits(images, inference)), pool(network.features(images, inference))];
  });
  for (const [i, expected] of [logits.dataSync(), features.dataSync()].entries()) {
    assert.equal(actual[i].length, expected.length);
    expected.forEach((value, j) => assert.ok(Math.abs(actual[i][j] - value) < 1e-4, `${actual[i][j]} is not ${value}`));
  }
  tf.dispose([logits, features]);
  network.dispose();
});
