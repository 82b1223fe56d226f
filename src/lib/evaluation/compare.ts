import {accuracy, classification, macroF1} from "./classification.js";
import type {BootstrapOptions} from "./bootstrap.js";
import type {Predictions} from "./evaluate.js";
import {mcnemar} from "./mcnemar.js";
import {pairedDifferences} from "./paired.js";
import {argmax} from "./predictions.js";
import {UserError} from "../support/errors.js";

/** A difference with its 95% interval, and the two-sided p-value of there being none. */
export interface Difference {
  value: number;
  low: number;
  high: number;
  p: number;
}

/**
 * Two classifiers on the same images: by how much the first is ahead, by the paired bootstrap, and whether they differ in
 * accuracy, by McNemar's exact test. Throws `UserError` when the images are not the same.
 */
export function compare(a: Predictions, b: Predictions, options: BootstrapOptions) {
  if (a.rows.length !== b.rows.length || a.rows.some((row, i) => row !== b.rows[i])) {
    throw new UserError("The two classifiers have not predicted the same images.", {
      hint: "Compare runs of one dataset and split: `npm run study` brings both up to date."
    });
  }
  const classes = a.classes.length;
  const [ofA, ofB] = [a, b].map(({probabilities}) => argmax(probabilities, classes));
  const [accuracyBy, macroF1By, weightedF1By] = pairedDifferences(
    (confusion) => [accuracy(confusion), macroF1(confusion), classification(confusion).weighted.f1],
    {labels: a.labels, a: ofA, b: ofB, classes},
    options
  ).map(({estimate, lower, upper, p}): Difference => ({value: estimate, low: lower, high: upper, p}));
  const {table, p} = mcnemar(a.labels, ofA, ofB);
  return {accuracy: accuracyBy, macroF1: macroF1By, weightedF1: weightedF1By, mcnemar: {table, p}};
}
