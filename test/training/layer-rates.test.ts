import assert from "node:assert/strict";
import {test} from "node:test";
import {layerRates} from "../../src/lib/training/layer-rates.js";

const close = (actual: number[], expected: number[]) => {
  assert.equal(actual.length, expected.length);
  actual.forEach((value, i) => assert.ok(Math.abs(value / expected[i] - 1) < 1e-12, `${actual} is not ${expected}`));
};

test("one rate is every group's", () => {
  close(layerRates(0.01, 3), [0.01, 0.01, 0.01]);
});

test("two rates spread geometrically over the groups", () => {
  close(layerRates({low: 1e-6, high: 1e-4}, 3), [1e-6, 1e-5, 1e-4]);
  close(layerRates({low: 1e-12, high: 1e-8}, 2), [1e-12, 1e-8]);
});

test("a high rate alone is the last group's, and the others get a tenth", () => {
  close(layerRates({high: 1e-3}, 3), [1e-4, 1e-4, 1e-3]);
});

test("a network of one group gets the high rate", () => {
  close(layerRates({low: 1e-6, high: 1e-4}, 1), [1e-4]);
});
