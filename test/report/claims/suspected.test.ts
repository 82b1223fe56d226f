import assert from "node:assert/strict";
import {test} from "node:test";
import {clopperPearson} from "../../../src/lib/measures/interval.js";
import {suspected} from "../../../src/report/claims/suspected.js";
import {homeEvaluation} from "../../../src/report/external/evaluation.js";
import {study} from "../../../src/study.js";
import {alone} from "../alone.js";

const names = ["normal", "COVID-19"];
const perClass = names.map((name, k) => ({class: name, rocAuc: {value: 0.9 - k / 10, low: 0, high: 1}}));
const scored = {
  confusion: [
    [17, 3],
    [1, 9]
  ],
  perClass,
  validation: {weightedF1: 0.5}
};
const group = (label: string, k: number, images: number, patients: number) => ({
  ...{label, images, patients},
  takenFor: [{k: images - k}, {k}]
});
const nih = {groups: [group("Pneumonia", 1, 9, 9), group("No finding", 30, 40, 25)]};
const figure1 = {groups: [group("No finding", 0, 5, 5), group("COVID-19", 6, 12, 11)]};
const run = study.runs[0];

test("adults are NIH's without a finding, children the normal test images, the ill those of Figure 1", () => {
  const {adults, children, ill} = alone(suspected({study, run}), {home: scored, nih, figure1});
  const told = [adults, children, ill].map((one) => [one!.k, one!.n, one!.patients]);
  assert.deepEqual(told, [
    [30, 40, 25],
    [3, 20, undefined],
    [6, 12, 11]
  ]);
  assert.equal(adults!.low, clopperPearson(30, 40).low);
});

test("of a group without images nothing is known", () => {
  const {adults, ill} = alone(suspected({study, run}), {home: scored, nih: {groups: []}, figure1});
  assert.deepEqual([adults, ill!.k], [null, 6]);
  const empty = {groups: [group("No finding", 0, 0, 0)]};
  assert.equal(alone(suspected({study, run}), {home: scored, nih: empty, figure1}).adults, null);
});

test("a row of the confusion matrix says what a class is taken for at home, and the area is that of the normal", () => {
  const {groups, area, validation} = alone(homeEvaluation({study, runs: [run]}), {scored});
  assert.deepEqual(
    groups.map(({label, images, takenFor}) => [label, images, takenFor.map(({k}) => k)]),
    [
      ["normal", 20, [17, 3]],
      ["COVID-19", 10, [1, 9]]
    ]
  );
  assert.deepEqual([area!.value, validation], [0.9, {weightedF1: 0.5}]);
});
