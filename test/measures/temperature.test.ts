import assert from "node:assert/strict";
import test from "node:test";
import {logLoss} from "../../src/lib/measures/calibration.js";
import {argmax} from "../../src/lib/measures/predictions.js";
import {atTemperature, fitTemperature} from "../../src/lib/measures/temperature.js";
import {mulberry32, normal} from "../../src/lib/measures/random.js";
import {both, near, reference} from "./reference.js";

/**
 * Labels drawn from the softmax of random logits, and the probabilities that a network with logits `sharper` times as
 * large gives.
 */
function drawn(n: number, sharper: number) {
  const random = mulberry32(5);
  const probabilities: number[] = [];
  const labels: number[] = [];
  for (let i = 0; i < n; ++i) {
    const logits = [0, 1, 2].map(() => 2 * normal(random));
    const softmax = (scale: number) => {
      const powers = logits.map((z) => Math.exp(scale * z));
      return powers.map((power) => power / powers.reduce((a, b) => a + b));
    };
    const truth = softmax(1);
    const u = random();
    labels.push(u < truth[0] ? 0 : u < truth[0] + truth[1] ? 1 : 2);
    probabilities.push(...softmax(sharper));
  }
  return {probabilities, labels};
}

test("the temperature undoes a network's overconfidence", () => {
  const {probabilities, labels} = drawn(20_000, 2.5);
  near(fitTemperature(probabilities, labels), 2.5, 0.1);
});

test("no other temperature has a smaller log loss", () => {
  const {probabilities, labels} = drawn(200, 0.4);
  const best = fitTemperature(probabilities, labels);
  const loss = (temperature: number) => logLoss(atTemperature(probabilities, 3, temperature), labels);
  for (const factor of [0.2, 0.9, 0.999, 1.001, 1.1, 5]) assert.ok(loss(best) < loss(best * factor), `${factor}`);
});

test("scaling keeps every prediction and gives probabilities, also from a softmax that underflowed", () => {
  const probabilities = [0.7, 0.2, 0.1, 1, 0, 0];
  for (const temperature of [0.1, 1, 30]) {
    const scaled = atTemperature(probabilities, 3, temperature);
    assert.deepEqual([...argmax(scaled, 3)], [0, 0]);
    near(scaled[0] + scaled[1] + scaled[2], 1);
  }
  near(atTemperature(probabilities, 3, 1)[1], 0.2);
  near(atTemperature(probabilities, 3, 2)[0], Math.sqrt(0.7) / (Math.sqrt(0.7) + Math.sqrt(0.2) + Math.sqrt(0.1)));
});

test("what cannot be improved runs into a bound, and what is no probability is refused", () => {
  near(fitTemperature([0.6, 0.4, 0.3, 0.7], [0, 1]), 0.01, 0.005);
  near(fitTemperature([0.6, 0.4, 0.3, 0.7], [1, 0]), 100, 1e-6);
  assert.throws(() => fitTemperature([0.5, NaN], [0]), /no probability/);
});

test("the temperature is the one that SciPy's minimiser finds", () => {
  for (const {probabilities, expected} of both) {
    near(fitTemperature(probabilities, reference.labels), expected.temperature, 1e-6);
  }
});

test("a class that is certain stays certain at a low temperature", () => {
  assert.deepEqual(atTemperature([1, 0, 0, 1], 2, 0.05), Float64Array.of(1, 0, 0, 1));
});
