import assert from "node:assert/strict";
import {before, test} from "node:test";
import * as tf from "@tensorflow/tfjs";
import {useBackend} from "../../src/lib/engine/backend.js";
import {repeated, standardisationOf, standardised, symmetric} from "../../src/lib/models/preprocess.js";

before(async () => void (await useBackend()));

test("the mean and deviation of a preprocessing are read off its values for black and white", async () => {
  const tensors = tf.memory().numTensors;
  assert.deepEqual(await standardisationOf(symmetric), {mean: [0.5, 0.5, 0.5], std: [0.5, 0.5, 0.5]});
  assert.deepEqual(await standardisationOf(standardised), {mean: [0.485, 0.456, 0.406], std: [0.229, 0.224, 0.225]});
  assert.deepEqual(await standardisationOf(repeated), {mean: [0, 0, 0], std: [1, 1, 1]});
  assert.equal(tf.memory().numTensors, tensors);
});
