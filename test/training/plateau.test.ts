import assert from "node:assert/strict";
import {test} from "node:test";
import {plateauScale} from "../../src/lib/training/plateau.js";

const plateau = {factor: 0.7, patience: 2};
/** The scale before each epoch: epoch i is scaled by what the losses before it say. */
const scales = (losses: number[], options = plateau) => losses.map((_, i) => plateauScale(losses.slice(0, i), options));
const close = (actual: number[], expected: number[]) =>
  actual.forEach((value, i) => assert.ok(Math.abs(value - expected[i]) < 1e-12, `${actual} is not ${expected}`));

test("a loss that falls keeps the rate", () => {
  assert.equal(plateauScale([3, 2, 1, 0.5], plateau), 1);
  assert.equal(plateauScale([], plateau), 1);
});

test("after `patience` epochs without a lower loss the rate is reduced, and again after as many", () => {
  close(scales([1, 1, 1, 1, 1, 1]), [1, 1, 1, 0.7, 0.7, 0.49]);
});

test("a new best starts the waiting anew, and the best outlives a reduction", () => {
  close(scales([3, 4, 2, 4, 4, 3, 3, 1]), [1, 1, 1, 1, 1, 0.7, 0.7, 0.49]);
});

test("a loss that is lower by no more than the least difference does not count", () => {
  assert.equal(plateauScale([1, 0.99995, 0.9999], plateau), 0.7);
  assert.equal(plateauScale([1, 0.99995, 0.9998], plateau), 1);
  assert.equal(plateauScale([1, 0.9, 0.9], {...plateau, minDelta: 0.2} as typeof plateau), 0.7);
});

test("a loss that is not a number is no improvement", () => {
  assert.equal(plateauScale([1, NaN, NaN], plateau), 0.7);
});
