import assert from "node:assert/strict";
import test from "node:test";
import {argmax, checkProbabilities} from "../../src/lib/measures/predictions.js";

test("the prediction is the class with the largest value, the first of equals", () => {
  assert.deepEqual(argmax([0.1, 0.7, 0.2, 0.4, 0.2, 0.4], 3), Int32Array.of(1, 0));
});

test("probabilities that are none are named by row and class", () => {
  assert.equal(checkProbabilities([0.5, 0.5, 1, 0], [0, 1]), 2);
  assert.throws(
    () => checkProbabilities([0.5, 0.5, NaN, 0], [0, 1]),
    /Row 1, class 0: NaN is no probability\.\n.*softmax/
  );
  assert.throws(() => checkProbabilities([0.5, 0.5, 1.2, 0], [0, 1]), /Row 1, class 0: 1\.2/);
  assert.throws(() => checkProbabilities([0.5, 0.5, 1], [0, 1]), /3 probabilities do not make one row for each of 2/);
  assert.throws(
    () => checkProbabilities([0.5, 0.5, 1, 0], [0, 2]),
    /label of row 1 is 2, which is not one of 2 classes\.\n.*from 0 to 1/
  );
  assert.throws(() => checkProbabilities([0.5, 0.5, -0.1, 1], [0, 1]), /Row 1, class 0: -0\.1/);
  assert.throws(() => checkProbabilities([0.5, 0.5, 1, 0], [-1, 1]), /label of row 0 is -1/);
  assert.throws(() => checkProbabilities([], []), /no label to evaluate\.\n.*split empty/);
  assert.throws(() => checkProbabilities([], [0]), {name: "UserError"});
  assert.equal(checkProbabilities([0, 1, 0], [1]), 3);
});
