import assert from "node:assert/strict";
import {test} from "node:test";
import {bestOf, validationScore} from "../../src/lib/evaluation/best.js";

const run = (id: string, weightedF1: number, macroF1 = 0) => ({id, validation: {weightedF1, macroF1}});

test("the best run has the highest weighted F1 on validation, whatever its macro F1, and is the first of equals", () => {
  assert.equal(bestOf([run("a", 0.8, 0.9), run("b", 0.9, 0.8), run("c", 0.9)])?.id, "b");
  assert.equal(bestOf([]), undefined);
});

test("a run without validation predictions is the best of none that has them", () => {
  const without = {id: "w", validation: null};
  assert.equal(bestOf([without, run("a", 0)])?.id, "a");
  assert.equal(bestOf([without])?.id, "w");
  assert.ok(validationScore(without) < 0, "it counts as below every score");
});
