import assert from "node:assert/strict";
import {before, test} from "node:test";
import * as tf from "@tensorflow/tfjs";
import {toRows} from "../../src/lib/dataset/rows.js";
import {useBackend} from "../../src/lib/engine/backend.js";
import {randomly} from "../../src/lib/models/initialise.js";
import {inference} from "../../src/lib/models/layers.js";
import {Network} from "../../src/lib/models/network.js";
import {architecture} from "../../src/lib/models/registry.js";
import {recomputeStatistics} from "../../src/lib/training/batch-statistics.js";
import {imageTensor} from "../../src/lib/training/inference.js";

before(async () => void (await useBackend()));

// Two whole batches.
const [size, count] = [32, 128];
const data = Uint8Array.from({length: count * size * size}, (_, i) => (i * (37 + (i >> 12))) % 251);
const pixels = {rows: toRows(Int32Array.from({length: count}, (_, i) => i)), labels: new Int32Array(count), size, data};

test("batch norms get the means over all images, whatever they had, and weights stay", async () => {
  const network = new Network(architecture("mobilenetv2_0.35"), {classes: 4, size, dropout: 0}, randomly(1));
  const first = await network.save();
  network.body.variables.get("bn_Conv1/moving_mean")!.assign(tf.fill([16], 99));
  const tensors = tf.memory().numTensors;
  await recomputeStatistics(network, pixels, 1);
  assert.equal(tf.memory().numTensors, tensors);
  const now = await network.save();
  const outputs = tf.tidy(() => {
    let mean = tf.tensor(0);
    const tap = (layer: string, output: tf.Tensor) => {
      if (layer === "Conv1") mean = tf.mean(output, [0, 1, 2]);
      return output;
    };
    network.features(imageTensor(pixels, 0, count), {...inference, tap});
    return mean;
  });
  const expected = outputs.dataSync();
  now.get("bn_Conv1/moving_mean")!.data.forEach((value, i) => {
    assert.ok(Math.abs(value - expected[i]) < 1e-5, `${value} is not ${expected[i]}`);
  });
  const changed = [...now].filter(([name, {data}]) => data.some((value, i) => value !== first.get(name)!.data[i]));
  assert.ok(
    changed.every(([name]) => /\/moving_(mean|variance)$/.test(name) && !name.startsWith("head_")),
    "only statistics of the body change"
  );
  assert.equal(changed.length, [...first.keys()].filter((name) => /^(?!head_).*\/moving_/.test(name)).length);
  outputs.dispose();
  network.dispose();
});
