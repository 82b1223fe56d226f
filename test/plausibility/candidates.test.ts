import assert from "node:assert/strict";
import {test} from "node:test";
import {energy, neighbourDistance} from "../../src/lib/plausibility/candidates.js";

test("the energy is the negative logarithm of the sum of the exponentials, without overflow", () => {
  const [even, sure, large] = energy(Float32Array.of(0, 0, 5, -5, 900, 900), 2);
  assert.ok(Math.abs(even + Math.log(2)) < 1e-6);
  assert.ok(Math.abs(sure + Math.log(Math.exp(5) + Math.exp(-5))) < 1e-5);
  assert.ok(Math.abs(large + 900 + Math.log(2)) < 1e-3);
});

test("the distance to the k-th nearest does not depend on lengths", () => {
  const known = Float32Array.of(1, 0, 0, 9, -2, 0);
  assert.deepEqual(Array.from(neighbourDistance(Float32Array.of(7, 0), known, 2, 1)), [0]);
  assert.deepEqual(Array.from(neighbourDistance(Float32Array.of(7, 0), known, 2, 2)), [2]);
  assert.deepEqual(Array.from(neighbourDistance(Float32Array.of(7, 0), known, 2, 10)), [4], "of fewer the farthest");
});
