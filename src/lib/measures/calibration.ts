import {UserError} from "../support/errors.js";
import {logLoss as meanLogLoss} from "./log-loss.js";
import {argmax, checkProbabilities} from "./predictions.js";

/** The images whose largest probability lies in (low, high]. */
export interface ReliabilityBin {
  low: number;
  high: number;
  count: number;
  /** Mean of the largest probability, and share of right predictions; null in an empty bin. */
  confidence: number | null;
  accuracy: number | null;
}

/** Confidence against accuracy in bins of equal width (Guo et al. 2017). `probabilities` is [n, classes], row-major. */
export function reliability(probabilities: ArrayLike<number>, labels: ArrayLike<number>, bins = 15): ReliabilityBin[] {
  const classes = checkProbabilities(probabilities, labels);
  if (!Number.isInteger(bins) || bins < 1) throw new UserError(`${bins} is not a number of bins.`, {hint: "Try 15."});
  const predicted = argmax(probabilities, classes);
  const sums = Array.from({length: bins}, () => ({count: 0, confidence: 0, correct: 0}));
  for (let i = 0; i < labels.length; ++i) {
    const confidence = probabilities[i * classes + predicted[i]];
    const bin = sums[Math.max(0, Math.ceil(confidence * bins) - 1)];
    bin.count += 1;
    bin.confidence += confidence;
    bin.correct += Number(predicted[i] === labels[i]);
  }
  return sums.map(({count, confidence, correct}, k) => ({
    low: k / bins,
    high: (k + 1) / bins,
    count,
    confidence: count ? confidence / count : null,
    accuracy: count ? correct / count : null
  }));
}

/** Expected calibration error (Guo et al. 2017): the mean gap between confidence and accuracy over the images' bins. */
export function expectedCalibrationError(
  probabilities: ArrayLike<number>,
  labels: ArrayLike<number>,
  bins = 15
): number {
  const gap = ({count, confidence, accuracy}: ReliabilityBin) => count * Math.abs((confidence ?? 0) - (accuracy ?? 0));
  return reliability(probabilities, labels, bins).reduce((sum, bin) => sum + gap(bin), 0) / labels.length;
}

/** Brier's score (1950) for several classes: mean squared distance from the one-hot truth, from 0 to 2. */
export function brier(probabilities: ArrayLike<number>, labels: ArrayLike<number>): number {
  const classes = checkProbabilities(probabilities, labels);
  let sum = 0;
  for (let at = 0; at < probabilities.length; ++at) {
    sum += (probabilities[at] - Number(labels[Math.floor(at / classes)] === at % classes)) ** 2;
  }
  return sum / labels.length;
}

/** Mean negative log-likelihood, in nats. Throws `UserError` as `checkProbabilities`. */
export const logLoss = (probabilities: ArrayLike<number>, labels: ArrayLike<number>): number =>
  meanLogLoss(probabilities, labels, checkProbabilities(probabilities, labels));
