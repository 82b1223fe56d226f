import assert from "node:assert/strict";
import {test} from "node:test";
import {balancedSample} from "../../src/lib/dataset/sample.js";
import {mulberry32} from "../../src/lib/measures/random.js";

const labels = [...new Array(3).fill(0), ...new Array(50).fill(1), ...new Array(40).fill(2)];
const counts = (positions: Int32Array) => [0, 1, 2].map((k) => [...positions].filter((at) => labels[at] === k).length);

test("a sample has as many of every class as there are, or as of the others", () => {
  assert.deepEqual(counts(balancedSample(labels, 21, mulberry32(1))), [3, 9, 9]);
  assert.deepEqual(counts(balancedSample(labels, 1000, mulberry32(1))), [3, 50, 40]);
});

test("a sample is in order, without repeats, and another with another seed", () => {
  const [a, b, c] = [1, 1, 2].map((seed) => Array.from(balancedSample(labels, 21, mulberry32(seed))));
  assert.deepEqual(a, b);
  assert.notDeepEqual(a, c);
  for (let i = 1; i < a.length; ++i) assert.ok(a[i] > a[i - 1]);
});
