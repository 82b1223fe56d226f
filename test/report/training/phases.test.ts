import assert from "node:assert/strict";
import {test} from "node:test";
import {phasesOf} from "../../../src/report/training/phases.js";

const epoch = (number: number, index: number, phase: string, size: number, weightedF1: number, seconds = 10) => ({
  epoch: number,
  index,
  phase,
  size,
  steps: 2,
  validationLoss: 1 - weightedF1,
  validationWeightedF1: weightedF1,
  imagesPerSecond: 300 / seconds,
  seconds
});

const epochs = [
  epoch(1, 0, "head", 64, 0.5),
  epoch(2, 0, "head", 64, 0.625),
  epoch(3, 0, "head", 64, 0.625, 30),
  epoch(4, 1, "all", 64, 0.75),
  epoch(5, 2, "all", 128, 0.25)
];
const rates = [1, 3, 2, 1, 1, 1, 0.5, 0.2, 0.1, 0.7];

test("a phase has the epochs of one index", () => {
  assert.deepEqual(
    phasesOf(epochs, rates).map(({phase, size, firstEpoch, lastEpoch}) => [phase, size, firstEpoch, lastEpoch]),
    [
      ["head", 64, 1, 3],
      ["all", 64, 4, 4],
      ["all", 128, 5, 5]
    ]
  );
});

test("its steps and their highest rate are those of its epochs", () => {
  assert.deepEqual(
    phasesOf(epochs, rates).map(({firstStep, steps, peakRate}) => [firstStep, steps, peakRate]),
    [
      [0, 6, 3],
      [6, 2, 0.5],
      [8, 2, 0.7]
    ]
  );
});

test("it reached what its best epoch did, the first of equals, and took the time of all", () => {
  const [head] = phasesOf(epochs, rates);
  assert.deepEqual([head.bestEpoch, head.weightedF1, head.validationLoss], [2, 0.625, 0.375]);
  // 300 images an epoch, three of them in 50 seconds.
  assert.deepEqual([head.seconds, head.imagesPerSecond], [50, 18]);
});
