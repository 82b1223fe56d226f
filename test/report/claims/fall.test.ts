import assert from "node:assert/strict";
import {test} from "node:test";
import {toRows} from "../../../src/lib/dataset/rows.js";
import {fall} from "../../../src/report/claims/fall.js";

/** Images of two classes by turns, the first `wrong` of which are taken for the other. */
const predicted = (images: number, wrong: number) => {
  const labels = Int32Array.from({length: images}, (_, i) => i % 2);
  const chosen = labels.map((label, i) => (i < wrong ? 1 - label : label));
  const probabilities = Float32Array.from(chosen, (k) => k).reduce<number[]>((all, k) => [...all, 1 - k, k], []);
  return {rows: toRows(labels.keys()), labels, classes: ["a", "b"], probabilities: Float32Array.from(probabilities)};
};
const options = {resamples: 500, seed: 1};

test("a fall is the difference of two scores, and uncertain by both lists", () => {
  const known = fall(predicted(400, 0), predicted(400, 80), options);
  assert.ok(Math.abs(known.value - 0.2) < 1e-6, "80 of 400 wrong, alike in both classes");
  assert.ok(known.low > 0.15 && known.high < 0.25, "an interval of one uncertain list");
  const both = fall(predicted(20, 2), predicted(400, 80), options);
  assert.ok(both.high - both.low > 2 * (known.high - known.low), "twenty images say less than four hundred");
  assert.equal(fall(predicted(20, 2), predicted(20, 2), options).value, 0);
});
