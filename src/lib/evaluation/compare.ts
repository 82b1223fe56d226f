import {accuracy, classification, macroF1} from "../measures/classification.js";
import type {BootstrapOptions} from "../measures/bootstrap.js";
import type {Predictions} from "./predicted.js";
import {mcnemar} from "./mcnemar.js";
import {pairedDifferences} from "./paired.js";
import {argmax} from "../measures/predictions.js";
import {UserError} from "../support/errors.js";

/** The most likely classes of two classifiers. Throws `UserError` when the images are not the same. */
export function paired(a: Predictions, b: Predictions) {
  if (a.rows.length !== b.rows.length || a.rows.some((row, i) => row !== b.rows[i])) {
    throw new UserError("The two classifiers have not predicted the same images.", {
      hint: "Compare runs of one dataset and split: `npm run study` brings both up to date."
    });
  }
  const classes = a.classes.length;
  return {labels: a.labels, a: argmax(a.probabilities, classes), b: argmax(b.probabilities, classes), classes};
}

/**
 * Two classifiers on the same images: by how much the first is ahead, by the paired bootstrap, and whether they differ
 * in accuracy, by McNemar's exact test. Throws `UserError` when the images are not the same.
 */
export function compare(a: Predictions, b: Predictions, options: BootstrapOptions) {
  const both = paired(a, b);
  const [accuracyBy, macroF1By, weightedF1By] = pairedDifferences(
    (confusion) => [accuracy(confusion), macroF1(confusion), classification(confusion).weighted.f1],
    both,
    options
  );
  const {table, p} = mcnemar(both.labels, both.a, both.b);
  return {accuracy: accuracyBy, macroF1: macroF1By, weightedF1: weightedF1By, mcnemar: {table, p}};
}
