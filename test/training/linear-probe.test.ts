import assert from "node:assert/strict";
import {before, test} from "node:test";
import * as tf from "@tensorflow/tfjs";
import {useBackend} from "../../src/lib/engine/backend.js";
import {mulberry32, normal} from "../../src/lib/measures/random.js";
import {linearProbe} from "../../src/lib/training/linear-probe.js";

before(async () => void (await useBackend()));

/** Two features, of which the first tells three classes apart; the scale of the second is large. */
function samples(count: number, seed: number) {
  const random = mulberry32(seed);
  const labels = Int32Array.from({length: count}, (_, i) => i % 3);
  const features = Float32Array.from({length: 2 * count}, (_, at) =>
    at % 2 === 0 ? 4 * labels[at >> 1] + normal(random) : 1000 * normal(random)
  );
  return {features, labels};
}

test("a probe separates what is linearly separable and leaks nothing", async () => {
  const [train, test] = [samples(300, 1), samples(90, 2)];
  const tensors = tf.memory().numTensors;
  const [probabilities] = await linearProbe(train, [test.features], {columns: 2, classes: 3, l2: 1e-4, steps: 800});
  assert.equal(tf.memory().numTensors, tensors);
  const right = test.labels.filter((label, i) => {
    const row = probabilities.subarray(3 * i, 3 * i + 3);
    return row.indexOf(Math.max(...row)) === label;
  });
  assert.ok(right.length >= 80, `${right.length} of 90 right`);
});

test("a strong penalty pulls the probabilities towards the class shares", async () => {
  const train = samples(300, 1);
  const spread = async (l2: number) => {
    const [p] = await linearProbe(train, [train.features], {columns: 2, classes: 3, l2});
    return Math.max(...p);
  };
  assert.ok((await spread(10)) < (await spread(1e-4)));
});
