import assert from "node:assert/strict";
import test from "node:test";
import {holm, holmWithin} from "../../src/lib/evaluation/holm.js";
import oracle from "../fixtures/oracles/inference.json" with {type: "json"};
import {near} from "../measures/reference.js";

test("p-values are corrected step by step, in the order given", () => {
  // As statsmodels' multipletests(..., method="holm") defines them.
  const expected = [0.03, 0.06, 0.06, 0.02];
  holm([0.01, 0.04, 0.03, 0.005]).forEach((p, i) => near(p, expected[i]));
});

test("a corrected value is never smaller than that of a smaller p, and at most 1", () => {
  assert.deepEqual(holm([0.5, 0.6, 0.9]), [1, 1, 1]);
  assert.deepEqual(holm([0.04]), [0.04]);
  assert.deepEqual(holm([]), []);
  assert.throws(() => holm([0.1, 1.2]), /1\.2 is not a p-value\.\n.*from 0 to 1/);
  for (const p of [-0.1, NaN]) assert.throws(() => holm([p, 0.5]), /is not a p-value/);
  assert.deepEqual(holm([0, 1]), [0, 1]);
});

test("corrected p-values equal statsmodels's", () => {
  for (const {p, corrected} of oracle.holm) holm(p).forEach((value, i) => near(value, corrected[i]));
});

test("the corrected p-values of a family do not depend on what else was tested", () => {
  const family = [0.01, 0.04, 0.03, 0.005];
  const expected = holm(family);
  const others = [0.0001, 0.02, 0.9];
  for (let some = 0; some < 8; ++some) {
    const besides = others.filter((_, i) => some & (1 << i));
    const all = [besides[0], ...family, ...besides.slice(1)].filter((p) => p !== undefined);
    const corrected = holmWithin(
      all,
      all.map((p) => family.includes(p))
    );
    assert.deepEqual(
      corrected.filter((_, i) => family.includes(all[i])),
      expected
    );
    // Another test is corrected for the family and itself, whatever tests there are besides.
    besides.forEach((p) => near(corrected[all.indexOf(p)], holm([...family, p]).at(-1)!));
  }
});

test("where no family is stated, all tests are one", () => {
  assert.deepEqual(holmWithin([0.01, 0.2], [false, false]), holm([0.01, 0.2]));
  assert.deepEqual(holmWithin([], []), []);
});
