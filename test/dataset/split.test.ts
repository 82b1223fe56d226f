import assert from "node:assert/strict";
import test from "node:test";
import {subset, validationSplit} from "../../src/lib/dataset/split.js";
import {mulberry32} from "../../src/lib/measures/random.js";

const labels = Int32Array.from({length: 1000}, (_, i) => (i < 30 ? 0 : i < 330 ? 1 : 2));
const countByClass = (positions: ArrayLike<number>, of: ArrayLike<number> = labels) => {
  const counts = [0, 0, 0];
  for (let i = 0; i < positions.length; ++i) counts[of[positions[i]]] += 1;
  return counts;
};

test("a tenth of each class validates, the rest trains, nothing is lost", () => {
  const {train, validation} = validationSplit({labels}, {seed: 1});
  assert.deepEqual(countByClass(validation), [3, 30, 67]);
  assert.deepEqual(
    [...train, ...validation].sort((a, b) => a - b),
    Array.from({length: 1000}, (_, i) => i)
  );
  assert.deepEqual(validation, validation.slice().sort());
});

test("the split follows the seed", () => {
  const {validation} = validationSplit({labels}, {seed: 1});
  assert.deepEqual(validationSplit({labels}, {seed: 1}).validation, validation);
  assert.notDeepEqual(validationSplit({labels}, {seed: 2}).validation, validation);
});

test("a class of two has one image on each side", () => {
  const {train, validation} = validationSplit({labels: [0, 0, 1, 1]}, {seed: 3});
  assert.deepEqual([train.length, validation.length], [2, 2]);
  assert.deepEqual(countByClass(validation, [0, 0, 1, 1]), [1, 1, 0]);
});

test("grouped by patient, no patient is on both sides and class shares stay close", () => {
  const random = mulberry32(7);
  const patients = Array.from(labels, (label) => Math.floor(random() * [12, 150, 400][label]));
  for (const seed of [1, 2, 3]) {
    const {train, validation} = validationSplit({labels, patients}, {seed, groupByPatient: true});
    const held = new Set(Array.from(validation, (i) => patients[i]));
    assert.ok(train.every((i) => !held.has(patients[i])));
    assert.equal(train.length + validation.length, 1000);
    countByClass(validation).forEach((count, label) => {
      const ideal = [3, 30, 67][label];
      assert.ok(Math.abs(count - ideal) <= Math.max(2, 0.1 * ideal), `seed ${seed} class ${label}: ${count}`);
    });
  }
});

test("grouping without patients is a programming error", () => {
  assert.throws(() => validationSplit({labels}, {seed: 1, groupByPatient: true}), /needs the patients/);
});

test("subsets keep class shares, hold every class, and are nested", () => {
  const [small, large, all] = [0.01, 0.25, 1].map((fraction) => subset(labels, fraction, 5));
  assert.deepEqual(countByClass(small), [1, 3, 7]);
  assert.deepEqual(countByClass(large), [8, 75, 168]);
  assert.equal(all.length, 1000);
  const inLarge = new Set(large);
  assert.ok(small.every((i) => inLarge.has(i)));
});
