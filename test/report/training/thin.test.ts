import assert from "node:assert/strict";
import {test} from "node:test";
import {thin} from "../../../src/report/training/thin.js";

test("columns that are short enough are kept, with their steps", () => {
  assert.deepEqual(thin({rate: Float32Array.of(1, 2, 4)}, 3), {step: [0, 1, 2], rate: [1, 2, 4]});
});

test("longer ones are averaged over neighbours of equal number, the last group being what is left", () => {
  const columns = {rate: [1, 3, 5, 7, 11], loss: [2, 2, 4, 6, 8]};
  assert.deepEqual(thin(columns, 4), {step: [0, 2, 4], rate: [2, 6, 11], loss: [2, 5, 8]});
});

test("no column is longer than asked, however many steps there are", () => {
  for (const steps of [0, 1, 499, 500, 501, 1000, 7777]) {
    const {step, rate} = thin({rate: new Array<number>(steps).fill(1)});
    assert.ok(step.length <= 500 && step.length === rate.length && (step.at(-1) ?? -1) < steps, `${steps}`);
  }
});
