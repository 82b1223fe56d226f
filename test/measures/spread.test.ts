import assert from "node:assert/strict";
import test from "node:test";
import {spread} from "../../src/lib/measures/spread.js";
import oracle from "../fixtures/oracles/inference.json" with {type: "json"};
import {near} from "./reference.js";

test("the interval of a mean is Student's", () => {
  // t_{0.975, 4} = 2.776445, as tabulated; the values have a mean of 3 and a standard deviation of sqrt(2.5).
  const {mean, min, max, interval} = spread([1, 2, 3, 4, 5]);
  assert.deepEqual([mean, min, max], [3, 1, 5]);
  near(interval!.high - mean, (2.7764451051977987 * Math.sqrt(2.5)) / Math.sqrt(5), 1e-9);
  near(mean - interval!.low, interval!.high - mean);
});

test("a low level gives a narrower interval", () => {
  const at = (level: number) => spread([0.7, 0.8, 0.85], level).interval!;
  assert.ok(at(0.5).low > at(0.95).low);
});

test("one value has no spread, and none is refused", () => {
  assert.deepEqual(spread([0.7]), {n: 1, mean: 0.7, min: 0.7, max: 0.7, interval: null});
  assert.throws(() => spread([]), /no values/);
});

test("the interval equals SciPy's", () => {
  for (const {values, level, interval} of oracle.student) {
    const found = spread(values, level);
    near(found.interval!.low, interval[0]);
    near(found.interval!.high, interval[1]);
  }
});
