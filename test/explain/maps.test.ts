import assert from "node:assert/strict";
import {before, test} from "node:test";
import * as tf from "@tensorflow/tfjs";
import {toRows} from "../../src/lib/dataset/rows.js";
import {useBackend} from "../../src/lib/engine/backend.js";
import {mapsOf, quantise} from "../../src/lib/explain/maps.js";
import {randomly} from "../../src/lib/models/initialise.js";
import {inference} from "../../src/lib/models/layers.js";
import {Network} from "../../src/lib/models/network.js";
import {architecture} from "../../src/lib/models/registry.js";
import {mulberry32} from "../../src/lib/measures/random.js";
import {imageTensor} from "../../src/lib/training/inference.js";

before(async () => void (await useBackend()));

const random = mulberry32(4);
const pixels = {
  size: 64,
  rows: toRows(new Int32Array([0, 1, 2])),
  labels: new Int32Array(3),
  data: Uint8Array.from({length: 3 * 64 * 64}, () => 256 * random())
};

test("a map is the gradient-weighted sum of the feature maps, written out, image by image", async () => {
  const network = new Network(architecture("mobilenetv2_0.35"), {classes: 4, size: 64, dropout: 0}, randomly(2));
  const classes = new Int32Array([0, 3, 1]);
  const {size, values} = await mapsOf(network, pixels, classes);
  assert.equal(size, 2);
  classes.forEach((label, image) => {
    const expected = tf.tidy(() => {
      const features = network.features(imageTensor(pixels, image, image + 1), inference);
      const logit = (a: tf.Tensor) => {
        const pooled = tf.concat([tf.max(a, [1, 2]), tf.mean(a, [1, 2])], 1) as tf.Tensor2D;
        return tf.slice(network.classify(pooled, inference), [0, label], [1, 1]);
      };
      const [a, d] = [features, tf.grad(logit)(features)].map((tensor) => tensor.arraySync() as number[][][][]);
      const channels = a[0][0][0].length;
      const alpha = Array.from({length: channels}, (_, k) => d[0].flat().reduce((sum, cell) => sum + cell[k], 0) / 4);
      return a[0].flat().map((cell) =>
        Math.max(
          0,
          cell.reduce((sum, value, k) => sum + alpha[k] * value, 0)
        )
      );
    });
    const actual = values.subarray(4 * image, 4 * image + 4);
    const peak = Math.max(...expected, 1e-6);
    expected.forEach((value, i) =>
      assert.ok(Math.abs(actual[i] - value) <= 1e-4 * peak, `${actual} is not ${expected}`)
    );
  });
  network.dispose();
});

test("maps of another layer, method and class are another size and other values, over more than one batch", async () => {
  const network = new Network(architecture("mobilenetv2_0.35"), {classes: 4, size: 64, dropout: 0}, randomly(2));
  const many = {
    size: 64,
    rows: toRows(new Int32Array(35)),
    labels: new Int32Array(35),
    data: Uint8Array.from({length: 35 * 64 * 64}, (_, i) => pixels.data[i % pixels.data.length])
  };
  const classes = Int32Array.from(many.rows, (_, i) => i % 4);
  const progress: number[] = [];
  const options = {
    layer: "block_13_expand_relu",
    method: "layer-cam",
    onBatch: (done: number) => progress.push(done)
  } as const;
  const {size, values} = await mapsOf(network, many, classes, options);
  assert.equal(size, 4);
  assert.equal(values.length, 35 * 16);
  assert.deepEqual(progress, [32, 35]);
  // The images repeat after 3, the classes after 4.
  const map = (i: number) => Array.from(values.subarray(16 * i, 16 * (i + 1)));
  const near = (a: number[], b: number[]) => a.every((value, i) => Math.abs(value - b[i]) <= 1e-3 * Math.max(...b));
  assert.ok(Math.max(...map(34)) > 0 && near(map(34), map(10)));
  assert.ok(!near(map(34), map(31)), "another class of the same image has the same map");
  network.dispose();
});

test("a layer that is not there is refused before any image is read", async () => {
  const network = new Network(architecture("mobilenetv2_0.35"), {classes: 4, size: 64, dropout: 0}, randomly(2));
  await assert.rejects(() => mapsOf(network, pixels, new Int32Array(3), {layer: "out_rel"}), {
    name: "UserError",
    message: /no layer out_rel\.\n.*: out_relu, /
  });
  network.dispose();
});

test("features that are no numbers are refused, with the row of the first image that has them", async () => {
  const network = new Network(architecture("mobilenetv2_0.35"), {classes: 4, size: 64, dropout: 0}, randomly(2));
  const bias = network.variables.get("head_logits/bias")!;
  const kernel = network.variables.get("head_logits/kernel")!;
  tf.tidy(() => [bias, kernel].forEach((variable) => variable.assign(tf.fill(variable.shape, NaN))));
  const rows = {...pixels, rows: toRows(new Int32Array([7, 8, 9]))};
  await assert.rejects(() => mapsOf(network, rows, new Int32Array(3)), {
    name: "UserError",
    message: /map of row 7 holds values that are no numbers/
  });
  network.dispose();
});

test("nothing leaks over batches", async () => {
  const network = new Network(architecture("mobilenetv2_0.35"), {classes: 4, size: 64, dropout: 0}, randomly(2));
  const tensors = tf.memory().numTensors;
  await mapsOf(network, pixels, new Int32Array([0, 1, 2]), {layer: "block_13_expand_relu", method: "grad-cam++"});
  assert.equal(tf.memory().numTensors, tensors);
  network.dispose();
});

test("quantised maps keep their peak, and an empty map stays empty", () => {
  const {peaks, grids} = quantise(new Float32Array([0, 1, 2, 4, 0, 0, 0, 0]), 4);
  assert.deepEqual(Array.from(peaks), [4, 0]);
  assert.deepEqual(Array.from(grids), [0, 64, 128, 255, 0, 0, 0, 0]);
});
