import type {Estimate} from "../../../src/lib/measures/interval.js";
import type {RunDetail} from "../../../src/report/results/artifact.js";
import {exact} from "./exact-interval.js";

/** The rows of the images of one class and of the rest, above a threshold (called positive) and below it. */
export interface Outcomes {
  truePositives: number[];
  falseNegatives: number[];
  falsePositives: number[];
  trueNegatives: number[];
}

export interface OperatingPoint {
  sensitivity: Estimate;
  specificity: Estimate;
  /** Positive and negative predictive value at a prevalence; NaN where no image is called so. */
  positive: Estimate;
  negative: Estimate;
}

/** Softmax in float32 gives 0 below this; as in the study. */
const smallest = 2 ** -149;

/** The probability of one class where all are raised to 1 / temperature and normalised (Guo et al. 2017). */
export function probabilityAt(probabilities: readonly number[], index: number, temperature = 1): number {
  const logs = probabilities.map((p) => Math.log(Math.max(p, smallest)) / temperature);
  const peak = Math.max(...logs);
  return Math.exp(logs[index] - peak) / logs.reduce((sum, value) => sum + Math.exp(value - peak), 0);
}

/** Who is called positive where the probability of a class is at least the threshold. */
export function outcomesAt(
  {row, actual, probabilities}: RunDetail["predictions"],
  {index, threshold, temperature}: {index: number; threshold: number; temperature?: number}
): Outcomes {
  const found: Outcomes = {truePositives: [], falseNegatives: [], falsePositives: [], trueNegatives: []};
  row.forEach((r, i) => {
    const called = probabilityAt(probabilities[i], index, temperature) >= threshold;
    if (actual[i] === index) found[called ? "truePositives" : "falseNegatives"].push(r);
    else found[called ? "falsePositives" : "trueNegatives"].push(r);
  });
  return found;
}

/** Of those called positive, the share that is, by Bayes' rule. */
const positiveValue = (sensitivity: number, specificity: number, prevalence: number): number => {
  const [hits, alarms] = [sensitivity * prevalence, (1 - specificity) * (1 - prevalence)];
  return hits / (hits + alarms);
};

/**
 * Sensitivity and specificity with exact 95% intervals, and predictive values at a prevalence, whose ends are those of
 * both at their worst and at their best: each lies within its interval of level √0.95 with that chance, apart from the
 * other, so that the predictive values lie between these ends with a chance of at least 95%.
 */
export function operatingPoint(outcomes: Outcomes, prevalence: number): OperatingPoint {
  const [tp, fn, fp, tn] = [
    outcomes.truePositives.length,
    outcomes.falseNegatives.length,
    outcomes.falsePositives.length,
    outcomes.trueNegatives.length
  ];
  const [sensitivity, specificity] = [exact(tp, tp + fn), exact(tn, tn + fp)];
  const [se, sp] = [exact(tp, tp + fn, Math.sqrt(0.95)), exact(tn, tn + fp, Math.sqrt(0.95))];
  const positive = (end: "value" | "low" | "high") => positiveValue(se[end], sp[end], prevalence);
  // The negative value is the positive one with the roles of the two sides exchanged.
  const negative = (end: "value" | "low" | "high") => positiveValue(sp[end], se[end], 1 - prevalence);
  return {
    sensitivity,
    specificity,
    positive: {value: positive("value"), low: positive("low"), high: positive("high")},
    negative: {value: negative("value"), low: negative("low"), high: negative("high")}
  };
}
