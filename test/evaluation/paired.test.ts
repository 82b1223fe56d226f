import assert from "node:assert/strict";
import test from "node:test";
import {accuracy, macroF1} from "../../src/lib/measures/classification.js";
import {confusionMatrix} from "../../src/lib/measures/confusion.js";
import {pairedDifferences} from "../../src/lib/evaluation/paired.js";
import {mulberry32} from "../../src/lib/measures/random.js";
import {near} from "../measures/reference.js";

const random = mulberry32(1);
const labels = Array.from({length: 400}, (_, i) => i % 4);
const flip = (share: number) => labels.map((label) => (random() < share ? (label + 1) % 4 : label));
const [good, bad] = [flip(0.1), flip(0.4)];
const statistics = (confusion: readonly (readonly number[])[]) => [accuracy(confusion), macroF1(confusion)];
const options = {resamples: 2000, seed: 1};
const compare = (a: number[], b: number[]) => pairedDifferences(statistics, {labels, a, b, classes: 4}, options);

test("the estimates are the differences of the statistics", () => {
  const of = (predicted: number[]) => statistics(confusionMatrix(labels, predicted, 4));
  compare(good, bad).forEach(({value}, i) => near(value, of(good)[i] - of(bad)[i]));
});

test("a difference is significant, and the reverse is its mirror image", () => {
  const [there] = compare(good, bad);
  const [back] = compare(bad, good);
  assert.ok(there.low > 0 && back.high < 0);
  assert.ok(there.p < 0.01);
  near(there.p, 2 / 2001);
});

test("a classifier does not differ from itself, however many errors it makes", () => {
  const [{value, low, high, p}] = compare(bad, bad);
  assert.deepEqual([value, low, high, p], [0, 0, 0, 1]);
});

test("errors in common make the interval narrower than that of independent samples", () => {
  const almost = bad.map((predicted, i) => (i < 20 ? labels[i] : predicted));
  const [{low, high}] = compare(almost, bad);
  // The standard error of the difference of two independent shares near 0.6 of 400 images.
  assert.ok(high - low < 0.5 * 2 * 1.96 * Math.sqrt((2 * 0.24) / 400));
});

test("what does not fit is refused", () => {
  assert.throws(() => compare(good.slice(1), bad), /cannot be compared/);
  assert.throws(
    () =>
      compare(
        good,
        bad.map(() => 7)
      ),
    /not one of 4 classes/
  );
});

test("statistics are of counts of images: as many in every resample, by class, as there are", () => {
  const truth = [40, 30, 20, 10].flatMap((count, label) => new Array<number>(count).fill(label));
  const shifted = truth.map((label) => (label + 1) % 4);
  const sizes = new Set<string>();
  const counting = (confusion: readonly (readonly number[])[]) => {
    sizes.add(confusion.map((row) => row.reduce((a, b) => a + b)).join());
    return [confusion[0][0], confusion[0][1]];
  };
  const differences = pairedDifferences(counting, {labels: truth, a: truth, b: shifted, classes: 4}, options);
  assert.deepEqual([...sizes], ["40,30,20,10"]);
  assert.deepEqual(
    differences.map(({value}) => value),
    [40, -40]
  );
});
