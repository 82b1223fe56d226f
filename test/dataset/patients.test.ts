import assert from "node:assert/strict";
import {test} from "node:test";
import {patientOverlap, patientsOf} from "../../src/lib/dataset/patients.js";
import type {SplitInventory} from "../../src/lib/dataset/types.js";

type Image = [series: number, number: number, label: number];
const [none, im, normal2, person] = [-1, 0, 1, 2];
const [viral, bacteria, normal] = [1, 2, 3];

/** Rows count from `first`. */
const split = (images: Image[], first = 0) =>
  ({
    rows: Int32Array.from(images, (_, i) => first + i),
    families: Int32Array.from(images, ([series]) => series),
    patients: Int32Array.from(images, ([, number]) => number),
    labels: Int32Array.from(images, ([, , label]) => label)
  }) as SplitInventory;
const of = (train: Image[], test: Image[]) =>
  patientOverlap({families: ["IM", "NORMAL2-IM", "person"], splits: {train: split(train), test: split(test, 100)}});

test("a patient is whom one series gives a number to, in either split", () => {
  const [a, b, c] = patientsOf(
    split([
      [im, 7, normal],
      [normal2, 7, normal],
      [im, 7, viral]
    ])
  );
  assert.notEqual(a, b);
  assert.equal(a, c);
  assert.deepEqual(patientsOf(split([[im, 7, normal]], 100)), [a]);
});

test("patients are found in both splits whatever their classes, with the images of both", () => {
  const {series} = of(
    [
      [person, 1, bacteria],
      [person, 1, bacteria],
      [person, 2, viral],
      [person, 3, viral]
    ],
    [
      [person, 1, viral],
      [person, 3, viral],
      [person, 3, bacteria],
      [person, 4, viral]
    ]
  );
  assert.deepEqual(series, [
    {family: 2, train: 3, test: 3, shared: 2, sameClass: 1, trainRows: [0, 1, 3], testRows: [100, 101, 102]}
  ]);
});

test("equal numbers of two series are two patients, and are counted as numbers", () => {
  const {series, numbers, testRows} = of(
    [
      [im, 7, normal],
      [im, 8, normal],
      [person, 9, viral],
      [none, 5, viral]
    ],
    [
      [normal2, 7, normal],
      [im, 8, normal],
      [none, 9, viral],
      [none, 6, viral]
    ]
  );
  assert.deepEqual(
    series.map(({family, train, test, shared}) => [family, train, test, shared]),
    [
      [none, 1, 2, 0],
      [im, 2, 1, 1],
      [normal2, 0, 1, 0],
      [person, 1, 0, 0]
    ]
  );
  assert.deepEqual([numbers, testRows], [3, [100, 101, 102]]);
});

test("one patient of several classes counts once", () => {
  const [{shared, sameClass}] = of(
    [
      [person, 1, viral],
      [person, 1, bacteria]
    ],
    [
      [person, 1, bacteria],
      [person, 1, viral]
    ]
  ).series;
  assert.deepEqual([shared, sameClass], [1, 1]);
});

test("nobody is in both splits where one of them is empty", () => {
  assert.deepEqual(of([], [[none, 1, viral]]), {
    series: [{family: -1, train: 0, test: 1, shared: 0, sameClass: 0, trainRows: [], testRows: []}],
    numbers: 0,
    testRows: []
  });
});
