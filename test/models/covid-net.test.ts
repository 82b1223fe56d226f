import assert from "node:assert/strict";
import {before, test} from "node:test";
import * as tf from "@tensorflow/tfjs";
import {useBackend} from "../../src/lib/engine/backend.js";
import {covidNet} from "../../src/lib/models/covid-net.js";
import {randomly} from "../../src/lib/models/initialise.js";
import {inference} from "../../src/lib/models/layers.js";
import {Network} from "../../src/lib/models/network.js";
import {featureShape, zeros} from "./counts.js";

before(async () => void (await useBackend()));

test("parameters and multiplications are within 2% of the published 116.6 M and 2.26 G", () => {
  const network = new Network(covidNet, {classes: 4, size: 224, dropout: 0}, zeros);
  const positions = new Map<string, number>();
  const tap = (layer: string, output: tf.Tensor) => {
    positions.set(
      layer,
      output.shape.slice(1, -1).reduce((a, b) => a * b, 1)
    );
    return output;
  };
  tf.tidy(() => network.logits(tf.zeros([1, 224, 224, 1]), {...inference, tap}));
  let [parameters, multiplications] = [0, 0];
  for (const [name, {size, trainable}] of network.variables) {
    if (trainable) parameters += size;
    if (name.endsWith("kernel")) multiplications += size * positions.get(name.split("/")[0])!;
  }
  network.dispose();
  assert.ok(Math.abs(parameters / 116.6e6 - 1) < 0.02, `${parameters} parameters`);
  assert.ok(Math.abs(multiplications / 2.26e9 - 1) < 0.02, `${multiplications} multiplications`);
});

test("the figure's sizes: modules of 3, 4, 6 and 3 at 56, 28, 14 and 7, and 100,352 flattened values", () => {
  const layers = new Network(covidNet, {classes: 4, size: 224, dropout: 0}, zeros);
  const shapes = new Map<string, number[]>();
  const tap = (layer: string, output: tf.Tensor) => (shapes.set(layer, output.shape.slice(1)), output);
  tf.tidy(() => layers.logits(tf.zeros([1, 224, 224, 1]), {...inference, tap}));
  layers.dispose();
  assert.deepEqual(shapes.get("conv1"), [112, 112, 64]);
  for (const [i, modules, side, channels] of [
    [1, 3, 56, 256],
    [2, 4, 28, 512],
    [3, 6, 14, 1024],
    [4, 3, 7, 2048]
  ]) {
    assert.equal([...shapes.keys()].filter((name) => RegExp(`^pepx${i}_\\d_extend$`).test(name)).length, modules);
    for (const layer of [`long_range_${i}`, `pepx${i}_${modules}_extend`]) {
      assert.deepEqual(shapes.get(layer), [side, side, channels], layer);
    }
  }
  assert.deepEqual(
    ["dense_1", "dense_2", "dense_3"].map((name) => shapes.get(name)),
    [[1024], [256], [4]]
  );
});

test("a module takes the sum of the long-range convolution and of all modules before it in its stage", () => {
  const network = new Network(covidNet, {classes: 4, size: 32, dropout: 0}, randomly(1));
  const outputs = new Map<string, tf.Tensor>();
  const images = tf.randomUniform([1, 32, 32, 1], 0, 1, "float32", 5) as tf.Tensor4D;
  tf.tidy(() => {
    const tap = (layer: string, output: tf.Tensor) => (outputs.set(layer, output), output);
    network.features(images, {...inference, tap});
    const parts = ["long_range_3", ...[1, 2, 3, 4, 5].map((module) => `pepx3_${module}_extend`)];
    const sum = tf.addN(parts.map((name) => outputs.get(name)!));
    const difference = tf.sub(sum, outputs.get("pepx3_5_sum")!);
    assert.ok(tf.max(tf.abs(difference)).dataSync()[0] < 1e-5 * tf.max(tf.abs(sum)).dataSync()[0]);
    assert.ok(parts.every((name) => tf.max(tf.abs(outputs.get(name)!)).dataSync()[0] > 0));
  });
  network.dispose();
});

test("features of any image are a thirty-second of its size, rounded up", () => {
  assert.deepEqual(featureShape(covidNet, 101, 64), [1, 4, 2, 2048]);
});
