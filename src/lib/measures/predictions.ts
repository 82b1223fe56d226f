import {UserError} from "../support/errors.js";

/** Throws `UserError` unless there is a label and every label is one of the classes 0 to classes - 1. */
export function checkLabels(labels: ArrayLike<number>, classes: number, what = "label"): void {
  if (labels.length === 0) throw new UserError(`There is no ${what} to evaluate.`, {hint: "Is the split empty?"});
  for (let i = 0; i < labels.length; ++i) {
    if (!Number.isInteger(labels[i]) || labels[i] < 0 || labels[i] >= classes) {
      throw new UserError(`The ${what} of row ${i} is ${labels[i]}, which is not one of ${classes} classes.`, {
        hint: `Count classes from 0 to ${classes - 1}.`
      });
    }
  }
}

/**
 * Number of classes of row-major probabilities, shape [labels, classes]. Throws `UserError` for a size that does not
 * match the labels, for a label out of range and for values outside [0, 1].
 */
export function checkProbabilities(probabilities: ArrayLike<number>, labels: ArrayLike<number>): number {
  const classes = probabilities.length / labels.length;
  if (labels.length > 0 && (!Number.isInteger(classes) || classes < 1)) {
    throw new UserError(
      `${probabilities.length} probabilities do not make one row for each of ${labels.length} labels.`
    );
  }
  checkLabels(labels, classes);
  for (let at = 0; at < probabilities.length; ++at) {
    if (!(probabilities[at] >= 0 && probabilities[at] <= 1)) {
      throw new UserError(
        `Row ${Math.floor(at / classes)}, class ${at % classes}: ${probabilities[at]} is no probability.`,
        {
          hint: "Pass the softmax of the network's outputs; a training run that diverged gives NaN."
        }
      );
    }
  }
  return classes;
}

/**
 * The class with the largest value in each row of `values`, shape [rows, classes]; the first of equals. Shape [rows].
 */
export function argmax(values: ArrayLike<number>, classes: number): Int32Array {
  return Int32Array.from({length: values.length / classes}, (_, row) => {
    let best = 0;
    for (let c = 1; c < classes; ++c) if (values[row * classes + c] > values[row * classes + best]) best = c;
    return best;
  });
}
