import assert from "node:assert/strict";
import test from "node:test";
import {clopperPearson, exactMean, wilson} from "../../src/lib/measures/interval.js";
import {mulberry32} from "../../src/lib/measures/random.js";
import oracle from "../fixtures/oracles/inference.json" with {type: "json"};
import {near, reference} from "./reference.js";

test("exact intervals of the extremes have their closed form", () => {
  assert.equal(clopperPearson(0, 10).low, 0);
  near(clopperPearson(0, 10).high, 1 - 0.025 ** 0.1);
  near(clopperPearson(10, 10).low, 0.025 ** 0.1);
  assert.equal(clopperPearson(10, 10).high, 1);
});

test("Wilson's interval solves its equation and stays within 0 and 1", () => {
  const [n, z] = [20, 1.959963984540054];
  const {low, high} = wilson(7, n);
  for (const end of [low, high]) near(Math.abs(7 / n - end) / Math.sqrt((end * (1 - end)) / n), z);
  assert.equal(wilson(0, n).low, 0);
  assert.equal(wilson(n, n).high, 1);
  near(wilson(0, n).high, z ** 2 / (n + z ** 2));
});

test("a higher level gives a wider interval", () => {
  for (const interval of [wilson, clopperPearson]) {
    assert.ok(interval(3, 10, 0.99).low < interval(3, 10, 0.9).low);
    assert.ok(interval(3, 10, 0.99).high > interval(3, 10, 0.9).high);
  }
});

test("the interval of a mean of shares is wide also where resampling would see no variation", () => {
  const {value, low, high} = exactMean([
    {k: 10, n: 10},
    {k: 0, n: 20}
  ]);
  assert.equal(value, 0.5);
  near(low, 0.0125 ** 0.1 / 2);
  near(high, (1 + 1 - 0.0125 ** 0.05) / 2);
  const [one] = [clopperPearson(7, 10)];
  assert.deepEqual(
    exactMean([
      {k: 7, n: 10},
      {k: 0, n: 0}
    ]),
    {value: 0.7, low: one.low, high: one.high}
  );
  assert.throws(() => exactMean([{k: 0, n: 0}]), /There is no share to take the mean of/);
});

test("the interval of a mean of shares holds at its level", () => {
  const random = mulberry32(4);
  const truth = [0.95, 0.1, 0.5];
  let held = 0;
  for (let time = 0; time < 1000; ++time) {
    const shares = truth.map((p, i) => {
      const n = [10, 15, 40][i];
      return {k: Array.from({length: n}, () => random() < p).filter(Boolean).length, n};
    });
    const ends = exactMean(shares);
    held += Number(ends.low <= 1.55 / 3 && ends.high >= 1.55 / 3);
  }
  assert.ok(held >= 950, `${held} of 1000`);
});

test("a share has its counts beside its ends, and of nothing nothing is known", () => {
  for (const interval of [wilson, clopperPearson]) {
    const {value, k, n} = interval(3, 12);
    assert.deepEqual([value, k, n], [0.25, 3, 12]);
    assert.deepEqual(interval(0, 0), {value: 0, low: 0, high: 1, k: 0, n: 0});
  }
});

test("impossible counts and levels are refused", () => {
  for (const interval of [wilson, clopperPearson]) {
    for (const [k, n] of [
      [3, 2],
      [1, 0],
      [0.5, 2],
      [1, 2.5],
      [-1, 2]
    ])
      assert.throws(() => interval(k, n), new RegExp(`No interval for ${k} out of ${n}\\.\\n.*must be whole`));
    for (const level of [95, 0, 1, NaN])
      assert.throws(() => interval(1, 2, level), new RegExp(`${level} is not a confidence level\\.\\n.*0\\.95`));
    assert.ok(interval(0, 1).high < 1 && interval(1, 1).low > 0);
  }
});

test("intervals of recall equal statsmodels's", () => {
  for (const {confusion_matrix, support, ...expected} of [reference.a, reference.b]) {
    support.forEach((total, k) => {
      for (const [interval, ends] of [
        [wilson, expected.recall_wilson_95],
        [clopperPearson, expected.recall_clopper_pearson_95]
      ] as const) {
        const {low, high} = interval(confusion_matrix[k][k], total);
        near(low, ends[k][0]);
        near(high, ends[k][1]);
      }
    });
  }
});

test("intervals of shares equal statsmodels's, from none to all, of few and of many, at any level", () => {
  for (const {k, n, level, ...expected} of oracle.proportions) {
    for (const [interval, ends] of [
      [wilson, expected.wilson],
      [clopperPearson, expected.clopper_pearson]
    ] as const) {
      const {low, high} = interval(k, n, level);
      near(low, ends[0]);
      near(high, ends[1]);
    }
  }
});
