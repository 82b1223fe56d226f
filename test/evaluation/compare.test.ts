import assert from "node:assert/strict";
import test from "node:test";
import {toRows} from "../../src/lib/dataset/rows.js";
import {compare} from "../../src/lib/evaluation/compare.js";
import {near} from "../measures/reference.js";

const labels = Int32Array.from({length: 40}, (_, i) => i % 2);
const rows = toRows(Int32Array.from(labels.keys()));
const classes = ["a", "b"];

/** Right but for the first images of a number. */
const wrongFor = (count: number) => ({
  rows,
  labels,
  classes,
  probabilities: Float32Array.from(
    [...labels].flatMap((label, i) => (label === (i < count ? 1 : 0) ? [0.9, 0.1] : [0.1, 0.9]))
  )
});
const options = {resamples: 500, seed: 1};

test("the first is ahead by what it gets right more, and McNemar counts the images of one alone", () => {
  const {accuracy, macroF1, mcnemar} = compare(wrongFor(4), wrongFor(16), options);
  near(accuracy.value, 0.3);
  near(macroF1.value, 0.3);
  assert.ok(accuracy.low > 0 && accuracy.p < 0.05);
  assert.deepEqual([mcnemar.table[0][1], mcnemar.table[1][0]], [12, 0]);
  near(mcnemar.p, 2 / 2 ** 12);
});

test("different images are not compared", () => {
  const other = {...wrongFor(0), rows: toRows(rows.map((row) => row + 1))};
  const message = /not predicted the same images\.\n.*npm run study/;
  assert.throws(() => compare(wrongFor(0), other, options), message);
  const fewer = {...wrongFor(0), rows: toRows(rows.slice(0, 39))};
  assert.throws(() => compare(fewer, wrongFor(0), options), message);
  const one = {...wrongFor(0), rows: toRows(rows.with(39, 99))};
  assert.throws(() => compare(one, wrongFor(0), options), message, "one image is another");
});
