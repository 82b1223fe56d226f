import assert from "node:assert/strict";
import test from "node:test";
import {brier, expectedCalibrationError, logLoss, reliability} from "../../src/lib/measures/calibration.js";
import {both, near, reference} from "./reference.js";

const probabilities = [0.9, 0.1, 0.6, 0.4, 0.3, 0.7, 0.5, 0.5];
const labels = [0, 1, 1, 0];

test("a small example is what one computes by hand", () => {
  near(logLoss(probabilities, labels), -(Math.log(0.9) + Math.log(0.4) + Math.log(0.7) + Math.log(0.5)) / 4);
  near(brier(probabilities, labels), (0.02 + 0.72 + 0.18 + 0.5) / 4);
  near(expectedCalibrationError(probabilities, labels, 5), (1 * (1 - 0.9) + 2 * (0.55 - 0.5) + 1 * (1 - 0.7)) / 4);
});

test("a bin holds its upper end, not its lower; an empty bin has no share", () => {
  const bins = reliability([0.5, 0.5, 1, 0], [0, 1], 2);
  assert.deepEqual(bins, [
    {low: 0, high: 0.5, count: 1, confidence: 0.5, accuracy: 1},
    {low: 0.5, high: 1, count: 1, confidence: 1, accuracy: 0}
  ]);
  assert.deepEqual(reliability([0.5, 0.5], [0], 4)[3], {
    low: 0.75,
    high: 1,
    count: 0,
    confidence: null,
    accuracy: null
  });
  for (const bins of [0, 1.5]) {
    assert.throws(() => reliability([0.5, 0.5], [0], bins), /is not a number of bins\.\n.*Try 15/);
  }
  assert.equal(reliability([0.5, 0.5], [0], 1).length, 1);
  assert.equal(reliability([0.5, 0.5], [0]).length, 15);
  // No image is surer of nothing than of something: the first bin holds 0 itself.
  assert.equal(reliability([0, 0], [0], 4)[0].count, 1);
});

test("a certain mistake costs much, but not infinitely much", () => {
  near(logLoss([1, 0], [1]), 52 * Math.LN2);
  near(brier([1, 0], [1]), 2);
});

test("calibration measures equal scikit-learn's", () => {
  for (const {probabilities, expected} of both) {
    near(logLoss(probabilities, reference.labels), expected.log_loss);
    near(brier(probabilities, reference.labels), expected.brier_multiclass);
    near(
      expectedCalibrationError(probabilities, reference.labels, 15),
      expected.expected_calibration_error_15_equal_width
    );
  }
});
