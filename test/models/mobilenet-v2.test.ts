import assert from "node:assert/strict";
import {before, test} from "node:test";
import * as tf from "@tensorflow/tfjs";
import {useBackend} from "../../src/lib/engine/backend.js";
import {Layers} from "../../src/lib/models/layers.js";
import {mobileNetV2} from "../../src/lib/models/mobilenet-v2.js";

before(async () => void (await useBackend()));

test("the body has 410,208 values at width 0.35 and halves every fifth resolution", () => {
  const layers = new Layers((_, shape) => tf.zeros(shape));
  const shape = tf.tidy(() => mobileNetV2(0.35).body(layers, tf.zeros([1, 64, 96, 3]), {training: false}).shape);
  assert.deepEqual(shape, [1, 2, 3, 1280]);
  assert.equal(
    [...layers.variables.values()].reduce((sum, {size}) => sum + size, 0),
    410_208
  );
  layers.dispose();
});
