import assert from "node:assert/strict";
import {test} from "node:test";
import * as tf from "@tensorflow/tfjs";
import {inference, Layers} from "../../src/lib/models/layers.js";
import {architectures} from "../../src/lib/models/registry.js";
import {weightedLayers} from "../../src/lib/models/weighted-layers.js";

for (const architecture of architectures.filter(({id}) => id !== "resnext101_32x4d")) {
  test(`${architecture.title}'s layers are those for which an image makes weights`, async () => {
    await tf.setBackend("cpu");
    const layers = new Layers((_, shape) => tf.zeros(shape));
    tf.tidy(() => void architecture.body(layers, architecture.preprocess(tf.zeros([1, 32, 32, 1])), inference));
    const named = [...layers.variables.keys()].map((name) => name.slice(0, name.lastIndexOf("/")));
    layers.dispose();
    assert.deepEqual(weightedLayers(architecture), [...new Set(named)]);
  });
}
