import assert from "node:assert/strict";
import test from "node:test";
import {holm} from "../../src/lib/evaluation/holm.js";
import oracle from "../fixtures/oracles/inference.json" with {type: "json"};
import {near} from "./reference.js";

test("p-values are corrected step by step, in the order given", () => {
  // As statsmodels' multipletests(..., method="holm") defines them.
  const expected = [0.03, 0.06, 0.06, 0.02];
  holm([0.01, 0.04, 0.03, 0.005]).forEach((p, i) => near(p, expected[i]));
});

test("a corrected value is never smaller than that of a smaller p, and at most 1", () => {
  assert.deepEqual(holm([0.5, 0.6, 0.9]), [1, 1, 1]);
  assert.deepEqual(holm([0.04]), [0.04]);
  assert.deepEqual(holm([]), []);
  assert.throws(() => holm([0.1, 1.2]), /1\.2 is not a p-value\.\n.*from 0 to 1/);
  for (const p of [-0.1, NaN]) assert.throws(() => holm([p, 0.5]), /is not a p-value/);
  assert.deepEqual(holm([0, 1]), [0, 1]);
});

test("corrected p-values equal statsmodels's", () => {
  for (const {p, corrected} of oracle.holm) holm(p).forEach((value, i) => near(value, corrected[i]));
});
