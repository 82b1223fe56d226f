import assert from "node:assert/strict";
import {before, test} from "node:test";
import * as tf from "@tensorflow/tfjs";
import {useBackend} from "../../src/lib/engine/backend.js";
import type {Architecture} from "../../src/lib/models/architecture.js";
import {mobileNetV2} from "../../src/lib/models/mobilenet-v2.js";
import {profile, total} from "../../src/lib/models/profile.js";
import {architecture} from "../../src/lib/models/registry.js";

before(async () => void (await useBackend()));

/** One layer of every kind that has a kernel, with a shortcut of half the resolution that runs first. */
const small: Architecture = {
  ...architecture("mobilenetv2_0.35"),
  id: "small",
  preprocess: (images) => images.tile([1, 1, 1, 3]) as tf.Tensor4D,
  body: (layers, images, mode) => {
    const shortcut = layers.conv("shortcut", images, mode, {filters: 8, kernel: 1, strides: 2});
    let x = layers.conv("stem", images, mode, {filters: 6, kernel: 3, bias: true});
    x = layers.batchNorm("norm", x, mode, {epsilon: 1e-3, momentum: 0.9});
    x = layers.depthwise("depthwise", x, mode, {kernel: 3, strides: 2});
    x = layers.separable("separable", x, mode, {filters: 8, kernel: 3});
    return layers.sum("sum", shortcut, layers.conv("grouped", x, mode, {filters: 8, kernel: 3, groups: 2}), mode);
  },
  top: {
    embed: (features) => tf.mean(features, [1, 2]),
    classify: (layers, embedded, mode, {classes}) => layers.dense("logits", embedded, mode, {units: classes})
  }
};

test("a layer's counts are those that one computes by hand", () => {
  const {layers} = profile(small, {size: 16, classes: 4});
  const row = (layer: string) => {
    const found = layers.find((one) => one.layer === layer)!;
    return [found.part, found.shape, found.parameters, found.statistics, found.macs];
  };
  assert.deepEqual(row("shortcut"), ["body", [8, 8, 8], 3 * 8, 0, 64 * 3 * 8]);
  assert.deepEqual(row("stem"), ["body", [16, 16, 6], 9 * 3 * 6 + 6, 0, 256 * 9 * 3 * 6]);
  assert.deepEqual(row("norm"), ["body", [16, 16, 6], 12, 12, 0]);
  assert.deepEqual(row("depthwise"), ["body", [8, 8, 6], 9 * 6, 0, 64 * 9 * 6]);
  assert.deepEqual(row("separable"), ["body", [8, 8, 8], 9 * 6 + 6 * 8, 0, 64 * (9 * 6 + 6 * 8)]);
  assert.deepEqual(row("grouped"), ["body", [8, 8, 8], 9 * 4 * 8, 0, 64 * 9 * 4 * 8]);
  assert.deepEqual(row("sum"), ["body", [8, 8, 8], 0, 0, 0]);
  assert.deepEqual(row("logits"), ["head", [4], 8 * 4 + 4, 0, 8 * 4]);
});

test("a stage holds the layers of one resolution, also those that ran before a finer one, and stages add up", () => {
  const {stages, body} = profile(small, {size: 16, classes: 4});
  assert.deepEqual(
    stages.map(({height, width, channels, depth}) => [height, width, channels, depth]),
    [
      [16, 16, 6, 1],
      [8, 8, 8, 4]
    ]
  );
  for (const count of ["parameters", "statistics", "macs"] as const)
    assert.equal(stages[0][count] + stages[1][count], body[count]);
});

test("MobileNetV2 has the counts that are published", () => {
  const {body, head, stages} = profile(mobileNetV2(0.35), {size: 224, classes: 4});
  assert.equal(body.parameters + body.statistics, 410_208);
  assert.equal(head.parameters, 2 * 2560 + (2560 * 512 + 512) + 2 * 512 + (512 * 4 + 4));
  assert.deepEqual(
    stages.map(({height}) => height),
    [112, 56, 28, 14, 7]
  );
  const full = profile(mobileNetV2(1), {size: 224, classes: 4}).body;
  assert.equal(full.parameters + full.statistics, 2_257_984, "Keras's summary without the top");
  assert.ok(Math.abs(full.macs / 300e6 - 1) < 0.01, `${full.macs} of the paper's 300 million`);
});

/** Values that train, in the body and with a top of 4 classes, and MACs of the body at 224 pixels, in billions. */
const known: Record<string, {body?: number; all?: number; billions: number}> = {
  densenet121: {body: 6_953_856, all: 8_010_116, billions: 2.83},
  xception: {body: 20_806_952, all: 22_915_884, billions: 4.55},
  resnext101_32x4d: {billions: 7.99},
  efficientnet_lite0: {billions: 0.385},
  "covid-net": {billions: 2.26}
};

for (const [id, {body, all, billions}] of Object.entries(known)) {
  test(`${id} has the counts that are known`, () => {
    const counts = profile(architecture(id), {size: 224, classes: 4});
    if (body) assert.equal(counts.body.parameters, body);
    if (all) assert.equal(counts.body.parameters + counts.head.parameters, all);
    const macs = total([counts.body, counts.head]).macs / 1e9;
    assert.ok(Math.abs(macs / billions - 1) < 0.02, `${macs} of ${billions} billion MACs`);
    assert.equal(total(counts.layers).parameters, total([counts.body, counts.head]).parameters);
  });
}

test("counting leaves nothing behind", () => {
  const {numTensors, numBytes} = tf.memory();
  profile(small, {size: 16, classes: 4});
  assert.deepEqual([tf.memory().numTensors, tf.memory().numBytes], [numTensors, numBytes]);
});
