import {UserError} from "../support/errors.js";
import {margins} from "./confusion.js";
import type {Confusion} from "./confusion.js";

/** A measure whose denominator is zero is 0, as in scikit-learn, and is named in `undefined`. */
export interface ClassMeasures {
  recall: number;
  precision: number;
  f1: number;
  /** Images of this class, and images that were given it. */
  support: number;
  predicted: number;
  undefined: ("recall" | "precision" | "f1")[];
}

export type Averages = Pick<ClassMeasures, "recall" | "precision" | "f1">;

export interface Classification {
  classes: ClassMeasures[];
  /** Means over the classes that occur, as true or as predicted, each alike: scikit-learn's default. */
  macro: Averages;
  /** Means over the classes, each weighted by its support. */
  weighted: Averages;
  accuracy: number;
  /** Mean recall of the classes that have images. */
  balancedAccuracy: number;
  /** Cohen's kappa (1960). */
  kappa: number;
  /** Matthews correlation coefficient for several classes (Gorodkin 2004). */
  mcc: number;
  support: number;
  undefined: ("kappa" | "mcc")[];
}

/** All measures of a confusion matrix. Throws `UserError` when it is empty. */
export function classification(confusion: Confusion): Classification {
  const {truth, predicted, correct, total} = margins(confusion);
  if (total === 0)
    throw new UserError("The confusion matrix is empty.", {hint: "Are there predictions for this split?"});
  const classes = confusion.map((row, k) => classMeasures(row[k], truth[k], predicted[k]));
  const present = classes.filter(({support}) => support > 0);
  const occurring = classes.filter(occurs);
  const chance = sumOfProducts(truth, predicted) / total ** 2;
  const spread = Math.sqrt(
    (total ** 2 - sumOfProducts(predicted, predicted)) * (total ** 2 - sumOfProducts(truth, truth))
  );
  return {
    classes,
    macro: average(occurring, () => 1 / occurring.length),
    weighted: average(classes, ({support}) => support / total),
    accuracy: correct / total,
    balancedAccuracy: average(present, () => 1 / present.length).recall,
    kappa: ratio(correct / total - chance, 1 - chance),
    mcc: ratio(correct * total - sumOfProducts(truth, predicted), spread),
    support: total,
    undefined: [...(chance === 1 ? ["kappa" as const] : []), ...(spread === 0 ? ["mcc" as const] : [])]
  };
}

/** Whether a class is that of an image, true or predicted. */
const occurs = ({support, predicted}: Pick<ClassMeasures, "support" | "predicted">) => support + predicted > 0;

/** Mean F1 over the classes that occur. Quick, for resampling. */
export function macroF1(confusion: Confusion): number {
  const {truth, predicted} = margins(confusion);
  let [sum, occurring] = [0, 0];
  for (let k = 0; k < confusion.length; ++k) {
    const images = truth[k] + predicted[k];
    if (images === 0) continue;
    sum += (2 * confusion[k][k]) / images;
    occurring += 1;
  }
  return ratio(sum, occurring);
}

/** Share of the images whose class was predicted. Quick, for resampling. */
export function accuracy(confusion: Confusion): number {
  const {correct, total} = margins(confusion);
  return ratio(correct, total);
}

function classMeasures(correct: number, support: number, predicted: number): ClassMeasures {
  return {
    recall: ratio(correct, support),
    precision: ratio(correct, predicted),
    f1: ratio(2 * correct, support + predicted),
    support,
    predicted,
    undefined: [
      ...(support === 0 ? ["recall" as const] : []),
      ...(predicted === 0 ? ["precision" as const] : []),
      ...(support + predicted === 0 ? ["f1" as const] : [])
    ]
  };
}

function average(classes: ClassMeasures[], weight: (measures: ClassMeasures) => number): Averages {
  const mean = (name: keyof Averages) => classes.reduce((sum, measures) => sum + measures[name] * weight(measures), 0);
  return {recall: mean("recall"), precision: mean("precision"), f1: mean("f1")};
}

const ratio = (numerator: number, denominator: number) => (denominator === 0 ? 0 : numerator / denominator);

const sumOfProducts = (a: number[], b: number[]) => a.reduce((sum, value, k) => sum + value * b[k], 0);
