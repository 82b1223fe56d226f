import assert from "node:assert/strict";
import {test} from "node:test";
import {
  bytes,
  count,
  date,
  duration,
  estimate,
  list,
  magnitude,
  percent,
  plural,
  ratio,
  score,
  share
} from "../../../docs/components/shared/format.js";

test("an estimate shows its value and its interval", () => {
  assert.equal(estimate({value: 0.812, low: 0.766, high: 0.844}), "0.81 (0.77–0.84)");
});

test("a score that does not exist is a dash, not a number", () => {
  assert.equal(estimate({value: NaN, low: NaN, high: NaN}), "–");
  assert.equal(score(NaN), "–");
  assert.equal(percent(0 / 0), "–");
});

test("negative numbers have a minus sign, not a hyphen", () => assert.equal(score(-5.964), "−5.96"));

test("a score that is rounded to zero has no sign, and halves go away from zero on both sides", () => {
  assert.deepEqual(
    [-0.004, 0.004, -0.285, 0.285].map((value) => score(value)),
    ["0.00", "0.00", "−0.29", "0.29"]
  );
  assert.equal(estimate({value: -0.0049, low: -0.805, high: 0.80497}), "0.00 (−0.81–0.80)");
  assert.equal(percent(0.145, 0), "15%");
});

test("large numbers and sizes change their unit where they are rounded up to the next", () => {
  assert.deepEqual([999.4, 999.6, 9_996, 999_600, 1_005_000].map(magnitude), [
    "999",
    "1.00 k",
    "10.0 k",
    "1.00 M",
    "1.01 M"
  ]);
  assert.deepEqual([9.94e6, 9.96e6, 999.6e6, 0.25e6].map(bytes), ["9.9 MB", "10 MB", "1.0 GB", "0.3 MB"]);
});

test("a ratio shows the counts behind a proportion and nothing where there are none", () => {
  assert.equal(ratio({value: 0.9, low: 0.5, high: 1, k: 9, n: 10}), "9/10");
  assert.equal(ratio({value: 0.9, low: 0.5, high: 1}), "");
});

test("a share stands beside its counts", () => assert.equal(share(519, 639), "81.2% (519/639)"));

test("thousands are separated", () => assert.equal(count(5310), "5,310"));

test("nouns agree with their counts", () => {
  assert.equal(plural(1, "image"), "1 image");
  assert.equal(plural(0, "image"), "0 images");
  assert.equal(plural(2, "patient number occurs", "patient numbers occur"), "2 patient numbers occur");
});

test("a list ends with and", () => {
  assert.equal(list([]), "");
  assert.equal(list(["a"]), "a");
  assert.equal(list(["a", "b", "c"]), "a, b and c");
});

test("durations use the unit that fits, without rounding up to 60", () => {
  assert.equal(duration(0.42), "0.4 s");
  assert.equal(duration(9.97), "10 s");
  assert.equal(duration(59.7), "1 min 0 s");
  assert.equal(duration(725), "12 min 5 s");
  assert.equal(duration(7199), "2 h 0 min");
});

test("dates are read in UTC", () => {
  assert.equal(date("2026-03-14T23:59:00Z"), "14 March 2026");
  assert.equal(date("never"), "–");
});
