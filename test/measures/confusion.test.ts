import assert from "node:assert/strict";
import test from "node:test";
import {confusionMatrix, margins} from "../../src/lib/measures/confusion.js";
import {argmax} from "../../src/lib/measures/predictions.js";
import {both, reference} from "./reference.js";

test("rows are the truth and columns the prediction", () => {
  const confusion = confusionMatrix([0, 0, 1, 2, 2, 2], Int32Array.of(0, 1, 1, 0, 2, 2), 4);
  assert.deepEqual(confusion, [
    [1, 1, 0, 0],
    [0, 1, 0, 0],
    [1, 0, 2, 0],
    [0, 0, 0, 0]
  ]);
  assert.deepEqual(margins(confusion), {truth: [2, 1, 3, 0], predicted: [2, 2, 2, 0], correct: 4, total: 6});
});

test("labels and predictions that do not fit are named", () => {
  assert.throws(() => confusionMatrix([0, 1], [0], 2), /2 labels cannot be compared with 1 predictions/);
  assert.throws(() => confusionMatrix([0, 2], [0, 1], 2), /label of row 1 is 2/);
  assert.throws(() => confusionMatrix([0, 1], [0, 0.5], 2), /prediction of row 1 is 0.5/);
  assert.throws(() => confusionMatrix([], [], 2), /no label/);
});

test("confusion matrices equal scikit-learn's", () => {
  for (const {probabilities, expected} of both) {
    const confusion = confusionMatrix(reference.labels, argmax(probabilities, 4), 4);
    assert.deepEqual(confusion, expected.confusion_matrix);
  }
});
