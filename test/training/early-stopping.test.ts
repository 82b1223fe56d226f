import assert from "node:assert/strict";
import {test} from "node:test";
import {stopsEarly} from "../../src/lib/training/early-stopping.js";

test("training stops once the loss has not been lower for `patience` epochs", () => {
  const stops = [1, 0.8, 0.9, 0.85, 0.8].map((_, i, losses) => stopsEarly(losses.slice(0, i + 1), {patience: 3}));
  assert.deepEqual(stops, [false, false, false, false, true]);
});

test("a new best starts the waiting anew, if it is lower by enough", () => {
  const losses = [1, 1, 1, 0.95, 1];
  assert.equal(stopsEarly(losses, {patience: 3}), false);
  assert.equal(stopsEarly(losses, {patience: 3, minDelta: 0.1}), true);
});

test("no epoch stops nothing", () => {
  assert.equal(stopsEarly([], {patience: 1}), false);
});
