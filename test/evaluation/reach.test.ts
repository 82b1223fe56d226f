import assert from "node:assert/strict";
import test from "node:test";
import {firstReaching} from "../../src/lib/evaluation/reach.js";

test("a run reaches a score in the first epoch that has it, and is censored at its end without", () => {
  assert.deepEqual(firstReaching([0.5, 0.8, 0.7, 0.9], 0.8), {epochs: 2, reached: true});
  assert.deepEqual(firstReaching([0.5, 0.8], 0.81), {epochs: 2, reached: false});
  assert.throws(() => firstReaching([], 0.5), /without epochs/);
});

test("a run that has the score after its first epoch has reached it", () => {
  assert.deepEqual(firstReaching([0.8, 0.9], 0.8), {epochs: 1, reached: true});
});
