import assert from "node:assert/strict";
import {test} from "node:test";
import {rollup} from "d3";
import {patientFolds} from "../../src/lib/dataset/folds.js";
import {mulberry32} from "../../src/lib/measures/random.js";

/** Patients of one to nine images; the last class is rare, and some patients have images of two classes. */
function images(patients: number) {
  const random = mulberry32(5);
  const list = Array.from({length: patients}, (_, patient) => {
    const label = random() < 0.05 ? 2 : Number(random() < 0.3);
    const own = Array.from({length: 1 + Math.floor(9 * random() ** 3)}, (_, i) =>
      patient % 17 === 0 && i ? 0 : label
    );
    return own.map((label) => ({label, patient: `p${patient}`}));
  }).flat();
  return {labels: list.map(({label}) => label), patients: list.map(({patient}) => patient)};
}

test("all images of a patient lie in one fold", () => {
  const {labels, patients} = images(400);
  const folds = patientFolds({labels, patients}, {folds: 5, seed: 1});
  const of = rollup(
    [...folds.keys()],
    (own) => new Set(own.map((i) => folds[i])).size,
    (i) => patients[i]
  );
  assert.deepEqual(new Set(of.values()), new Set([1]));
});

test("folds hold nearly the same number of every class", () => {
  const {labels, patients} = images(400);
  const folds = patientFolds({labels, patients}, {folds: 5, seed: 1});
  for (const label of [0, 1, 2]) {
    const counts = [0, 1, 2, 3, 4].map((fold) => folds.filter((one, i) => one === fold && labels[i] === label).length);
    assert.ok(Math.max(...counts) - Math.min(...counts) <= 9, `${label}: ${counts.join()}`);
    assert.ok(Math.min(...counts) > 0);
  }
});

test("a seed draws the same folds again, and another seed others", () => {
  const given = images(100);
  const drawn = (seed: number) => patientFolds(given, {folds: 5, seed}).join();
  assert.equal(drawn(1), drawn(1));
  assert.notEqual(drawn(1), drawn(2));
});

test("a class of fewer patients than folds is refused, however many images these have", () => {
  const labels = [0, 0, 0, 0, 0, 1, 1, 1, 1, 1];
  const patients = ["a", "b", "c", "d", "e", "f", "f", "f", "g", "g"];
  assert.throws(() => patientFolds({labels, patients}, {folds: 3, seed: 1}), /rarest class has 2 patients, .* 3 folds/);
});
