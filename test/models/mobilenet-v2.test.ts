import assert from "node:assert/strict";
import {before, test} from "node:test";
import * as tf from "@tensorflow/tfjs";
import {useBackend} from "../../src/lib/engine/backend.js";
import {inference, Layers} from "../../src/lib/models/layers.js";
import {mobileNetV2} from "../../src/lib/models/mobilenet-v2.js";
import {countValues, featureShape, zeros} from "./counts.js";

before(async () => void (await useBackend()));

// As Keras counts them without the top, statistics included.
for (const [alpha, values, channels] of [
  [0.35, 410_208, 1280],
  [0.5, 706_224, 1280],
  [0.75, 1_382_064, 1280],
  [1, 2_257_984, 1280],
  [1.3, 3_766_048, 1664],
  [1.4, 4_363_712, 1792]
]) {
  test(`at width ${alpha} the body has ${values} values and ${channels} features`, () => {
    const layers = new Layers(zeros);
    const shape = tf.tidy(() => mobileNetV2(alpha).body(layers, tf.zeros([1, 32, 32, 3]), inference).shape);
    assert.deepEqual(shape, [1, 1, 1, channels]);
    assert.equal(countValues(layers.variables), values);
    layers.dispose();
  });
}

test("features of any image are a thirty-second of its size, rounded up", () => {
  assert.deepEqual(featureShape(mobileNetV2(0.35), 64, 96), [1, 2, 3, 1280]);
  assert.deepEqual(featureShape(mobileNetV2(0.35), 101, 75), [1, 4, 3, 1280]);
});

test("the weight files have Keras's names", () => {
  assert.match(mobileNetV2(0.35).imagenet!.url, /tf_kernels_0\.35_224_no_top\.h5$/);
  assert.match(mobileNetV2(1).imagenet!.url, /tf_kernels_1\.0_224_no_top\.h5$/);
});
