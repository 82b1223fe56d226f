import assert from "node:assert/strict";
import {test} from "node:test";
import {missedByAll} from "../../../src/report/limits/missed.js";
import {recallShift} from "../../../src/report/limits/recall-shift.js";
import {study} from "../../../src/study.js";
import {alone, sureOf} from "../alone.js";

/** Two classes; the normal images stand in series 0 and 1, two each in training and in test. */
const split = (labels: number[], families: number[]) => ({
  rows: Int32Array.from(labels.keys(), (i) => 10 + i),
  labels: Int32Array.from(labels),
  families: Int32Array.from(families)
});
const [labels, series] = [
  [1, 0, 1, 1, 1],
  [1, -1, 0, 0, 1]
];
const classes = ["ill", "normal"];
const images = {
  classes,
  families: ["old", "new"],
  splits: {train: split(labels, series), test: split(labels, series)}
};
/** Predictions that are right of the images in these places, and of images that are listed from row 10 on. */
const rightAt = (...places: number[]) =>
  sureOf(
    labels.map((label, i) => (places.includes(i) ? label : 1 - label)),
    labels,
    {classes, rows: [10, 11, 12, 13, 14]}
  );
const shift = (validation: ReturnType<typeof sureOf>, test: ReturnType<typeof sureOf>) =>
  alone(recallShift({study, run: study.runs[0]}), {images, validation, test});

test("recall changes from validation to test, by class, each from the predictions of its own list", () => {
  const {byClass} = shift(rightAt(0, 1, 2, 3, 4), rightAt(1, 2, 3));
  assert.deepEqual(
    byClass.map(({validation, test}) => [validation!.k, validation!.n, test!.k, test!.n]),
    [
      [1, 1, 1, 1],
      [4, 4, 2, 4]
    ]
  );
});

test("recall by series shows which of them the shift is in, with exact intervals", () => {
  const {bySeries} = shift(rightAt(0, 1, 2, 3, 4), rightAt(1, 2, 3));
  assert.deepEqual(
    bySeries.map(({class: name, series, train, test}) => [name, series, train, test!.k, test!.n]),
    [
      ["normal", "old", 2, 2, 2],
      ["normal", "new", 2, 0, 2]
    ]
  );
  // Two of two: 0.025 ** (1/2).
  assert.equal(bySeries[0].test!.low.toFixed(6), "0.158114");
});

test("a class without validation images has no recall there, and a series that no list of all three has is left out", () => {
  const few = sureOf([1, 1], [1, 1], {classes, rows: [12, 13]});
  const {byClass, bySeries} = shift(few, rightAt(1, 2, 3));
  assert.deepEqual([byClass[0].validation, byClass[0].test!.k], [null, 1]);
  assert.deepEqual(
    bySeries.map(({series}) => series),
    ["old"]
  );
});

test("images are missed by all where no run is right, told by class and row", () => {
  const runs = study.runs.slice(0, 2);
  const [a, b] = runs.map(({id}) => `of ${id}`);
  assert.deepEqual(alone(missedByAll({study, runs}), {[a]: rightAt(1, 2, 3), [b]: rightAt(4)}), [
    {class: "ill", of: 1, rows: []},
    {class: "normal", of: 4, rows: [10]}
  ]);
});
