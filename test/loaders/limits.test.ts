import assert from "node:assert/strict";
import {test} from "node:test";
import type {Inventory} from "../../src/lib/dataset/types.js";
import {limitsOf, type Scored} from "../../src/loaders/limits.js";
import {source} from "../components/fixtures.js";

/** Two classes; the normal images stand in series 0 and 1, two each in training and in test. */
const split = (labels: number[], families: number[]) => ({
  rows: Int32Array.from(labels.keys()),
  labels: Int32Array.from(labels),
  families: Int32Array.from(families)
});
const images = {
  classes: ["ill", "normal"],
  families: ["old", "new"],
  splits: {train: split([0, 1, 1, 1, 1], [-1, 0, 0, 1, 1]), test: split([0, 1, 1, 1, 1], [-1, 0, 0, 1, 1])}
} as unknown as Inventory;

const scored = (run: string, score: number, right: {validation: number[]; test: number[]}, fraction = 1): Scored => {
  const judged = (rows: number[]) =>
    [0, 1, 2, 3, 4].map((row) => ({row, label: row === 0 ? 0 : 1, right: rows.includes(row)}));
  return {run, title: run, fraction, score, validation: judged(right.validation), test: judged(right.test), source};
};
const best = scored("best", 0.9, {validation: [0, 1, 2, 3, 4], test: [0, 1, 2]});

test("the run that is best on validation tells of the shift, by class", () => {
  const worse = scored("worse", 0.8, {validation: [], test: []});
  const found = limitsOf([worse, best], images).best!;
  assert.equal(found.run, "best");
  const counts = found.byClass.map(({validation, test}) => [validation!.k, validation!.n, test!.k, test!.n]);
  assert.deepEqual(counts, [
    [1, 1, 1, 1],
    [4, 4, 2, 4]
  ]);
});

test("recall by series shows which of them the shift is in, with exact intervals", () => {
  const {bySeries} = limitsOf([best], images).best!;
  assert.deepEqual(
    bySeries.map(({class: name, series, train, test}) => [name, series, train, test!.k, test!.n]),
    [
      ["normal", "old", 2, 2, 2],
      ["normal", "new", 2, 0, 2]
    ]
  );
  // Two of two: 0.025 ** (1/2).
  assert.equal(bySeries[0].test!.low, 0.158113);
});

test("images are missed by all where no run on all training images is right", () => {
  const other = scored("other", 0.5, {validation: [], test: [4]});
  const part = scored("part", 0.4, {validation: [], test: [3]}, 0.1);
  const {missed} = limitsOf([best, other, part], images);
  assert.deepEqual([missed!.class, missed!.runs, missed!.of, missed!.rows], ["normal", 2, 4, [3]]);
});

test("without a run there is nothing to say", () => {
  assert.deepEqual(limitsOf([], images), {best: null, missed: null});
});
