import {checkProbabilities} from "./predictions.js";

/** Softmax in float32 gives 0 below its smallest number; the logarithm needs more. */
const smallest = 2 ** -149;

/**
 * Temperature scaling (Guo et al. 2017): probabilities raised to 1 / temperature and normalised, as if the logits had
 * been divided by the temperature. Leaves every prediction as it is. `probabilities` is [n, classes], row-major.
 */
export function atTemperature(probabilities: ArrayLike<number>, classes: number, temperature: number): Float64Array {
  const scaled = Float64Array.from(probabilities, (value) => Math.log(Math.max(value, smallest)) / temperature);
  for (let at = 0; at < scaled.length; at += classes) normalise(scaled.subarray(at, at + classes));
  return scaled;
}

/** Replaces logits by their softmax. */
function normalise(row: Float64Array): void {
  const peak = row.reduce((a, b) => Math.max(a, b));
  const sum = row.reduce((total, value) => total + Math.exp(value - peak), 0);
  row.forEach((value, k) => (row[k] = Math.exp(value - peak) / sum));
}

/**
 * The temperature between 0.01 and 100 that gives the least log loss: to be fitted on validation, never on the images
 * that are judged. The loss is convex in 1 / temperature, so that its slope is bisected. Throws `UserError` as
 * `checkProbabilities`.
 */
export function fitTemperature(probabilities: ArrayLike<number>, labels: ArrayLike<number>): number {
  const classes = checkProbabilities(probabilities, labels);
  const logs = Float64Array.from(probabilities, (value) => Math.log(Math.max(value, smallest)));
  let [low, high] = [0.01, 100];
  for (let step = 0; step < 60; ++step) {
    const middle = Math.sqrt(low * high);
    if (slope(logs, labels, classes, middle) < 0) low = middle;
    else high = middle;
  }
  return 1 / Math.sqrt(low * high);
}

/** Derivative of the summed log loss by the inverse temperature: expected less actual logit. */
function slope(logs: Float64Array, labels: ArrayLike<number>, classes: number, inverse: number): number {
  let sum = 0;
  for (let i = 0; i < labels.length; ++i) {
    const row = logs.subarray(i * classes, (i + 1) * classes);
    const scaled = row.map((value) => value * inverse);
    normalise(scaled);
    sum += scaled.reduce((total, share, k) => total + share * row[k], 0) - row[labels[i]];
  }
  return sum;
}
