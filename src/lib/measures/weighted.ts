import {logLosses} from "./log-loss.js";
import {argmax, checkProbabilities} from "./predictions.js";

/** Measures of probabilities in which every image counts as often as its weight says. */
export interface WeightedScores {
  logLoss: number;
  brier: number;
  expectedCalibrationError: number;
  /** One per class, as `Ranking`; NaN where not defined. */
  rocAuc: number[];
  averagePrecision: number[];
}

/**
 * Prepares the measures of `calibration.ts` and `ranking.ts` for resampling: sorts once, so that each resample takes a
 * few passes over the images. The function that is returned takes one weight per image. `probabilities` is [n,
 * classes].
 */
export function weightedScores(probabilities: ArrayLike<number>, labels: ArrayLike<number>, bins = 15) {
  const classes = checkProbabilities(probabilities, labels);
  const losses = logLosses(probabilities, labels, classes);
  const squares = Float64Array.from(labels, (label, i) => squaredDistance(probabilities, i * classes, classes, label));
  const predicted = argmax(probabilities, classes);
  const gaps = Float64Array.from(
    labels,
    (label, i) => probabilities[i * classes + predicted[i]] - Number(predicted[i] === label)
  );
  const binOf = Int32Array.from(labels, (_, i) =>
    Math.max(0, Math.ceil(probabilities[i * classes + predicted[i]] * bins) - 1)
  );
  const orders = Array.from({length: classes}, (_, k) => {
    const isPositive = Uint8Array.from(labels, (label) => Number(label === k));
    return ordered((i) => probabilities[i * classes + k], isPositive);
  });
  const sums = new Float64Array(bins);
  return (weights: ArrayLike<number>): WeightedScores => {
    let [total, loss, square] = [0, 0, 0];
    sums.fill(0);
    for (let i = 0; i < losses.length; ++i) {
      total += weights[i];
      loss += weights[i] * losses[i];
      square += weights[i] * squares[i];
      sums[binOf[i]] += weights[i] * gaps[i];
    }
    return {
      logLoss: loss / total,
      brier: square / total,
      expectedCalibrationError: sums.reduce((sum, gap) => sum + Math.abs(gap), 0) / total,
      rocAuc: orders.map((order) => rocAuc(order, weights)),
      averagePrecision: orders.map((order) => averagePrecision(order, weights))
    };
  };
}

function squaredDistance(probabilities: ArrayLike<number>, at: number, classes: number, label: number): number {
  let sum = 0;
  for (let k = 0; k < classes; ++k) sum += (probabilities[at + k] - Number(k === label)) ** 2;
  return sum;
}

/** Images by the probability of a class, highest first. */
interface Order {
  images: Int32Array;
  isPositive: Uint8Array;
  /** Whether the next image has a smaller probability, so that a threshold may lie between. */
  isLast: Uint8Array;
}

function ordered(score: (image: number) => number, positive: ArrayLike<number>): Order {
  const images = Int32Array.from(positive, (_, i) => i).sort((a, b) => score(b) - score(a));
  return {
    images,
    isPositive: Uint8Array.from(images, (i) => positive[i]),
    isLast: Uint8Array.from(images, (i, at) => Number(at + 1 === images.length || score(images[at + 1]) < score(i)))
  };
}

/**
 * Prepares the area under the receiver operating characteristic of some scores for resampling, as `weightedScores`
 * does.
 */
export function weightedRocAuc(scores: ArrayLike<number>, isPositive: ArrayLike<number>) {
  const order = ordered((i) => scores[i], isPositive);
  return (weights: ArrayLike<number>): number => rocAuc(order, weights);
}

function rocAuc({images, isPositive, isLast}: Order, weights: ArrayLike<number>): number {
  let [found, alarms, positives, negatives, wins] = [0, 0, 0, 0, 0];
  for (let at = 0; at < images.length; ++at) {
    const weight = weights[images[at]];
    positives += isPositive[at] * weight;
    negatives += (1 - isPositive[at]) * weight;
    if (!isLast[at]) continue;
    wins += negatives * (found + positives / 2);
    found += positives;
    alarms += negatives;
    positives = negatives = 0;
  }
  return wins / (found * alarms);
}

function averagePrecision({images, isPositive, isLast}: Order, weights: ArrayLike<number>): number {
  let [found, shown, positives, sum] = [0, 0, 0, 0];
  for (let at = 0; at < images.length; ++at) {
    const weight = weights[images[at]];
    positives += isPositive[at] * weight;
    shown += weight;
    if (!isLast[at] || positives === 0) continue;
    found += positives;
    sum += positives * (found / shown);
    positives = 0;
  }
  return sum / found;
}
