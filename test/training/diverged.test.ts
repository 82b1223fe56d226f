import assert from "node:assert/strict";
import {test} from "node:test";
import {divergenceOf} from "../../src/lib/training/diverged.js";
import type {EpochRecord} from "../../src/lib/training/state.js";

/** Epochs by their losses, [training, validation]. */
const epochsOf = (losses: [number, number][], classes = 2): EpochRecord[] =>
  losses.map(([trainLoss, validationLoss], i) => ({
    ...{epoch: i + 1, phase: 0, trains: "all", size: 64, trainLoss, validationLoss},
    ...{
      accuracy: 0.5,
      macroF1: 0.5,
      weightedF1: 0.5,
      imagesPerSecond: 1,
      waiting: 0,
      seconds: 1,
      peakMemory: 1,
      parts: 1
    },
    perClass: Array.from({length: classes}, () => ({precision: 0.5, recall: 0.5, f1: 0.5}))
  }));

test("a loss that explodes is told, with that of a guess", () => {
  assert.equal(
    divergenceOf(
      epochsOf([
        [0.7, 0.7],
        [4282.3, 21]
      ]),
      1
    ),
    "The training diverged: the training loss of the last epoch is 4280, that of a guess among 2 classes 0.69."
  );
  assert.match(
    divergenceOf(
      epochsOf(
        [
          [1, 1],
          [1, 7.2]
        ],
        4
      ),
      2
    )!,
    /validation loss of the epoch that was kept is 7.2, .* 4 classes 1\.39/
  );
});

test("one that is not a number, and one that stays so, count as exploded", () => {
  for (const loss of [NaN, Infinity]) assert.match(divergenceOf(epochsOf([[loss, 1]]), 1)!, /diverged/);
});

test("high losses that were overcome, or were not kept, and overconfidence are none", () => {
  assert.equal(
    divergenceOf(
      epochsOf([
        [4282, 30],
        [0.9, 1.2]
      ]),
      2
    ),
    undefined
  );
  assert.equal(
    divergenceOf(
      epochsOf([
        [0.7, 0.7],
        [0.5, 30]
      ]),
      1
    ),
    undefined
  );
  assert.equal(divergenceOf(epochsOf([[0.1, 3.5]]), 1), undefined);
});
