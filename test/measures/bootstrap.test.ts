import assert from "node:assert/strict";
import test from "node:test";
import {bootstrap, bootstrapDifferences} from "../../src/lib/measures/bootstrap.js";
import {accuracy, macroF1} from "../../src/lib/measures/classification.js";
import oracle from "../fixtures/oracles/inference.json" with {type: "json"};
import {stream} from "../../src/lib/measures/random.js";
import {near} from "./reference.js";

const confusion = [
  [8, 2, 0],
  [10, 80, 10],
  [0, 30, 70]
];
const options = {resamples: 2000, seed: 1};

test("the interval of a mean is the normal approximation's where that holds", () => {
  const strata = [[700, 300]];
  const share = ([[hits, misses]]: readonly (readonly number[])[]) => hits / (hits + misses);
  const {value, low, high} = bootstrap(share, strata, {resamples: 10_000, seed: 3});
  const half = 1.959964 * Math.sqrt((0.7 * 0.3) / 1000);
  assert.equal(value, 0.7);
  near(low, 0.7 - half, 0.002);
  near(high, 0.7 + half, 0.002);
});

test("every resample keeps the size of each stratum and only outcomes that occurred", () => {
  const seen = new Set<string>();
  bootstrap(
    (counts) => {
      counts.forEach((row, s) => assert.equal(sum(row), sum(confusion[s])));
      assert.equal(counts[0][2] + counts[2][0], 0);
      seen.add(JSON.stringify(counts));
      return 0;
    },
    confusion,
    options
  );
  assert.ok(seen.size > 1000);
});

test("the interval depends on the seed alone and holds the estimate", () => {
  const one = bootstrap(macroF1, confusion, options);
  assert.deepEqual(one, bootstrap(macroF1, confusion, options));
  assert.notDeepEqual(one, bootstrap(macroF1, confusion, {...options, seed: 2}));
  assert.ok(one.low < one.value && one.value < one.high);
  assert.equal(one.value, macroF1(confusion));
});

test("a higher level gives a wider interval", () => {
  const [narrow, wide] = [0.5, 0.99].map((level) => bootstrap(accuracy, confusion, {...options, level}));
  assert.ok(wide.low < narrow.low && wide.high > narrow.high);
});

test("a stratum without images stays empty", () => {
  const {low, high} = bootstrap(
    accuracy,
    [
      [4, 0],
      [0, 0]
    ],
    options
  );
  assert.deepEqual([low, high], [1, 1]);
});

test("what cannot be resampled is refused", () => {
  assert.throws(() => bootstrap(accuracy, [[0, 0]], options), /nothing to resample/);
  assert.throws(
    () => bootstrap(accuracy, confusion, {resamples: 0}),
    /0 is not a number of resamples\.\n.*such as 10000/
  );
  assert.throws(() => bootstrap(accuracy, confusion, {resamples: 1.5}), /1\.5 is not a number of resamples/);
  assert.equal(bootstrap(accuracy, confusion, {resamples: 1}).value, accuracy(confusion));
  assert.throws(() => bootstrap(accuracy, confusion, {level: 1}), /1 is not a confidence level\.\n.*such as 0\.95/);
  const undefinedIn = (...values: number[]) => {
    const given = values.values();
    return () => bootstrap(() => given.next().value!, confusion, {resamples: values.length - 1});
  };
  const message = /undefined for some resamples\.\n.*where its denominator is zero/;
  assert.throws(undefinedIn(NaN, 1, 2), message, "of the data");
  assert.throws(undefinedIn(1, NaN, 2), message, "of one resample");
});

test("resamples are drawn by the stream that is named after what it is for, and no more of them than asked for", () => {
  const seen: string[] = [];
  bootstrap(
    (counts) => seen.push(counts.join("/")),
    [
      [2, 1],
      [0, 3]
    ],
    {resamples: 3, seed: 7}
  );
  const random = stream(7, "bootstrap");
  const drawn = [0, 1, 2].map(() => {
    const counts = [0, 0];
    for (let draw = 0; draw < 3; ++draw) counts[random() < 2 / 3 ? 0 : 1] += 1;
    for (let draw = 0; draw < 3; ++draw) random();
    return `${counts}/0,3`;
  });
  assert.deepEqual(seen, ["2,1/0,3", ...drawn]);
});

const sum = (row: readonly number[]) => row.reduce((total, count) => total + count, 0);

test("the ends of an interval are NumPy's quantiles of the resampled values", () => {
  for (const {values, level, ends} of oracle.quantiles) {
    // The statistic of the data, and then one value a resample, in an order that does not matter.
    const given = [0, ...values].values();
    const {low, high} = bootstrap(() => given.next().value!, [[1]], {resamples: values.length, level});
    near(low, ends[0]);
    near(high, ends[1]);
  }
});

test("the p-value is twice the smaller share of resamples beyond 0, with the data themselves and ties on both sides", () => {
  const p = (...values: number[]) => {
    const given = [0, ...values].values();
    return bootstrapDifferences(() => [given.next().value!], [[1]], {resamples: values.length})[0].p;
  };
  near(p(1, 2, 3, 4, -1), (2 * 2) / 6);
  near(p(1, 2, 3, 4, 5, 6, 7, 8, 9), 2 / 10);
  near(p(-1, -2, -3, 0, 5), (2 * 3) / 6);
  near(p(-1, -2, -3, -4, 5), (2 * 2) / 6);
  near(p(0, 0, 0), 1);
});
