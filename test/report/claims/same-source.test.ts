import assert from "node:assert/strict";
import {test} from "node:test";
import type {Inventory} from "../../../src/lib/dataset/types.js";
import {suspicion} from "../../../src/report/claims/same-source.js";

const [covid, viral, normal] = [0, 1, 2];
const column = (values: number[]) => Int32Array.from(values);
/** Rows 3 to 8: one adult with COVID-19, two images of one adult without, three children. */
const images = {
  classes: ["COVID-19", "viral", "normal"],
  splits: {
    test: {
      rows: column([3, 4, 5, 6, 7, 8]),
      families: column([-1, -1, -1, 0, 0, 1]),
      patients: column([0, 1, 1, 2, 3, 4])
    }
  }
} as unknown as Inventory;
const labels = column([covid, viral, viral, normal, normal, viral]);

test("images without COVID-19 are counted by the collection that they are from", () => {
  const taken = [covid, covid, viral, normal, covid, normal];
  const probabilities = Float32Array.from(taken.flatMap((k) => [covid, viral, normal].map((c) => Number(c === k))));
  const predicted = {rows: images.splits.test.rows, labels, classes: images.classes, probabilities};
  assert.deepEqual(suspicion(images, "a", predicted), {
    run: "a",
    adults: {k: 1, n: 2, patients: 1},
    children: {k: 1, n: 3, patients: 3}
  });
});
