import assert from "node:assert/strict";
import test from "node:test";
import {toRows} from "../../src/lib/dataset/rows.js";
import {compareClasses} from "../../src/lib/evaluation/compare-classes.js";
import type {Predictions} from "../../src/lib/evaluation/predicted.js";
import {near} from "../measures/reference.js";

const labels = Int32Array.from([0, 0, ...new Array<number>(20).fill(1), ...new Array<number>(20).fill(2)]);
const predicting = (of: (label: number, i: number) => number) => ({
  rows: toRows(Int32Array.from(labels.keys())),
  labels,
  classes: ["rare", "b", "c"],
  probabilities: Float32Array.from([...labels].flatMap((label, i) => [0, 1, 2].map((k) => Number(of(label, i) === k))))
});
const options = {resamples: 500, seed: 1};

test("a gain that is the rarest class's alone is none without it", () => {
  // The first finds all; the second takes both rare images for the first class of many.
  const {rarest, others, classes} = compareClasses(
    predicting((label) => label),
    predicting((label) => (label ? label : 1)),
    options
  );
  assert.equal(rarest, "rare");
  assert.deepEqual(
    classes.map(({images}) => images),
    [2, 20, 20]
  );
  assert.deepEqual([classes[0].recall.value, classes[0].f1.value], [1, 1]);
  assert.deepEqual([classes[1].recall.value, classes[2].f1.value], [0, 0]);
  // F1 of the second class is 40/42 for the one that takes two images too many for it.
  near(others.value, (1 - 40 / 42) / 2);
});

test("a class that is found as often, but less often mistaken for, is ahead in F1 and not in recall", () => {
  const careless = predicting((label, i) => (label === 1 && i % 2 ? 2 : label));
  const {classes} = compareClasses(
    predicting((label) => label),
    careless,
    options
  );
  // The second takes ten images of b for c: all 20 of c are found by both, and 30 are taken for it.
  assert.deepEqual([classes[2].recall.value, classes[1].recall.value], [0, 0.5]);
  near(classes[2].f1.value, 1 - 40 / 50);
  near(classes[1].f1.value, 1 - 20 / 30);
});

test("the interval of a class's recall is that of resampling its own images", () => {
  const {classes} = compareClasses(
    predicting((label) => label),
    predicting((label, i) => (label === 2 && i % 2 ? 1 : label)),
    options
  );
  const {value, low, high} = classes[2].recall;
  near(value, 0.5);
  assert.ok(low > 0.2 && low < 0.4 && high > 0.6 && high < 0.8, `${low} to ${high}`);
  assert.deepEqual([classes[0].recall.low, classes[0].recall.high], [0, 0]);
});

test("a class without images is not the rarest", () => {
  const without = (of: Predictions): Predictions => ({
    ...of,
    classes: ["absent", "b", "c"],
    labels: of.labels.map((label) => label || 1)
  });
  const a = without(predicting((label) => label || 1));
  const b = without(predicting((label) => (label === 2 ? 1 : label || 1)));
  const {rarest, others} = compareClasses(a, b, options);
  assert.equal(rarest, "c");
  // Of the second class alone, beside one of which nothing is known: 22 found, and 20 too many by the other.
  near(others.value, (1 - 44 / 64) / 2);
});
