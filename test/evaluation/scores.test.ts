import assert from "node:assert/strict";
import test from "node:test";
import {scoresOf} from "../../src/lib/evaluation/scores.js";
import {near} from "../measures/reference.js";

test("probabilities are scored by the class that they are highest for", () => {
  const probabilities = [0.9, 0.1, 0.4, 0.6, 0.2, 0.8, 0.3, 0.7];
  const {perClass, ...scores} = scoresOf(probabilities, Int32Array.of(0, 0, 1, 1), 2);
  near(scores.accuracy, 3 / 4);
  near(scores.macroF1, (2 / 3 + 4 / 5) / 2);
  near(scores.weightedF1, (2 / 3 + 4 / 5) / 2);
  assert.deepEqual(perClass[0], {precision: 1, recall: 0.5, f1: 2 / 3});
});
