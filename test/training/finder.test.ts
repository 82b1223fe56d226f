import assert from "node:assert/strict";
import {test} from "node:test";
import {finderRates, findRate} from "../../src/lib/training/finder.js";

const close = (actual: number, expected: number) =>
  assert.ok(Math.abs(actual / expected - 1) < 1e-9, `${actual} is not ${expected}`);

/** The losses of fastai's recorder: an average that starts at zero, over the weight that it has gathered. */
const debiased = (losses: readonly number[]) =>
  losses.map((_, n) => {
    const weights = losses.slice(0, n + 1).map((_, i) => 0.02 * 0.98 ** (n - i));
    const total = weights.reduce((a, b) => a + b);
    return weights.reduce((sum, weight, i) => sum + weight * losses[i], 0) / total;
  });

test("rates grow by one factor from the lowest, and would reach the highest one step after the last", () => {
  const rates = finderRates({steps: 80});
  assert.equal(rates.length, 80);
  assert.equal(rates[0], 1e-7);
  rates.slice(1).forEach((rate, i) => close(rate / rates[i], 10 ** 0.1));
  close(rates[79] * 10 ** 0.1, 10);
});

test("the smoothed loss is the debiased exponential average", async () => {
  const losses = Array.from({length: 30}, (_, i) => 2 + Math.sin(i));
  const curve = await findRate({steps: 30}, async (_, step) => losses[step]);
  assert.deepEqual(curve.losses, losses);
  debiased(losses).forEach((value, i) => close(curve.smoothed[i], value));
  assert.deepEqual(curve.rates, finderRates({steps: 30}));
  assert.equal(curve.stoppedAt, null);
});

/** A search whose smoothed losses are those wanted. */
function searchOf(wanted: (step: number) => number, steps: number) {
  const average = (i: number) => (i < 0 ? 0 : wanted(i) * (1 - 0.98 ** (i + 1)));
  return findRate({steps}, async (_, i) => (average(i) - 0.98 * average(i - 1)) / 0.02);
}

/** Falls from 2 to 1, fastest at a step. */
const logistic = (steepest: number) => (step: number) => 1 + 1 / (1 + Math.exp((step - steepest) / 4));

test("the suggestion is the rate where the smoothed loss falls fastest", async () => {
  const {suggestion, smoothed, rates} = await searchOf(logistic(50), 100);
  smoothed.forEach((value, i) => close(value, logistic(50)(i)));
  assert.equal(suggestion, rates[50]);
});

test("neither the first ten nor the last five steps are suggested", async () => {
  const [early, late] = await Promise.all([2, 98].map((steepest) => searchOf(logistic(steepest), 100)));
  assert.equal(early.suggestion, early.rates[10]);
  assert.equal(late.suggestion, late.rates[94]);
  const lengths = await Promise.all([16, 17].map((steps) => searchOf(logistic(8), steps)));
  assert.deepEqual(
    lengths.map(({suggestion}) => suggestion === null),
    [true, false]
  );
});

test("the search stops with the first smoothed loss above four times the lowest", async () => {
  const loss = (step: number) => (step < 40 ? 1 : 1.3 ** (step - 39));
  const curve = await findRate({steps: 200}, async (_, step) => loss(step));
  const expected = debiased(Array.from({length: 200}, (_, i) => loss(i)));
  assert.equal(
    curve.stoppedAt,
    expected.findIndex((value) => value > 4)
  );
  assert.equal(curve.losses.length, curve.stoppedAt! + 1);
});

test("a loss that is not finite ends the search and is not kept", async () => {
  for (const bad of [NaN, Infinity]) {
    const curve = await findRate({steps: 100}, async (_, step) => (step < 30 ? 2 : bad));
    assert.deepEqual(
      [curve.stoppedAt, curve.losses.length, curve.smoothed.length, curve.rates.length],
      [30, 30, 30, 30]
    );
    assert.ok([...curve.losses, ...curve.smoothed].every(Number.isFinite));
  }
});
