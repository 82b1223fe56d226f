import {UserError} from "../support/errors.js";
import {checkLabels} from "./predictions.js";

/** Counts by true class (rows) and predicted class (columns). Shape [classes, classes]. */
export type Confusion = readonly (readonly number[])[];

/**
 * Counts how often each true class was given each prediction. Throws `UserError` for lengths or classes that do not
 * fit.
 */
export function confusionMatrix(labels: ArrayLike<number>, predicted: ArrayLike<number>, classes: number): number[][] {
  if (labels.length !== predicted.length) {
    throw new UserError(`${labels.length} labels cannot be compared with ${predicted.length} predictions.`);
  }
  checkLabels(labels, classes);
  checkLabels(predicted, classes, "prediction");
  const counts = Array.from({length: classes}, () => new Array<number>(classes).fill(0));
  for (let i = 0; i < labels.length; ++i) counts[labels[i]][predicted[i]] += 1;
  return counts;
}

/** Sums of a confusion matrix: images by true class, by predicted class, on the diagonal and in all. */
export function margins(confusion: Confusion) {
  const classes = confusion.length;
  const truth = new Array<number>(classes).fill(0);
  const predicted = new Array<number>(classes).fill(0);
  let correct = 0;
  let total = 0;
  for (let i = 0; i < classes; ++i) {
    correct += confusion[i][i];
    for (let j = 0; j < classes; ++j) {
      truth[i] += confusion[i][j];
      predicted[j] += confusion[i][j];
      total += confusion[i][j];
    }
  }
  return {truth, predicted, correct, total};
}
