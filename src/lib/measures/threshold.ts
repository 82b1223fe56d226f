import {clopperPearson, type Estimate} from "./interval.js";

/** The images of one class and of the rest, above a threshold (called positive) and below it. */
export interface Outcomes<Image = number> {
  truePositives: Image[];
  falseNegatives: Image[];
  falsePositives: Image[];
  trueNegatives: Image[];
}

export interface OperatingPoint {
  /** NaN of a class without images, and where all images are of it. */
  sensitivity: Estimate;
  specificity: Estimate;
  /** Positive and negative predictive value at a prevalence; NaN where no image is called so. */
  positive: Estimate;
  negative: Estimate;
}

/** An image, how probable it is that it is of a class, and whether it is. */
export interface Case<Image> {
  image: Image;
  probability: number;
  isOfClass: boolean;
}

/** Images are called positive where the probability of the class is at least the threshold. */
export function outcomesAt<Image>(cases: readonly Case<Image>[], threshold: number): Outcomes<Image> {
  const found: Outcomes<Image> = {truePositives: [], falseNegatives: [], falsePositives: [], trueNegatives: []};
  cases.forEach(({image, probability, isOfClass}) => {
    const called = probability >= threshold;
    if (isOfClass) found[called ? "truePositives" : "falseNegatives"].push(image);
    else found[called ? "falsePositives" : "trueNegatives"].push(image);
  });
  return found;
}

/** Of those called positive, the share that is, by Bayes' rule. */
const positiveValue = (sensitivity: number, specificity: number, prevalence: number): number => {
  const [hits, alarms] = [sensitivity * prevalence, (1 - specificity) * (1 - prevalence)];
  return hits / (hits + alarms);
};

const exact = (k: number, n: number, level?: number): Estimate =>
  n === 0 ? {...clopperPearson(k, n, level), value: NaN} : clopperPearson(k, n, level);

/**
 * Sensitivity and specificity with exact 95% intervals, and predictive values at a prevalence, whose ends are those of
 * both at their worst and at their best: each lies within its interval of level √0.95 with that chance, apart from the
 * other, so that the predictive values lie between these ends with a chance of at least 95%.
 */
export function operatingPoint(outcomes: Outcomes<unknown>, prevalence: number): OperatingPoint {
  const {truePositives, falseNegatives, falsePositives, trueNegatives} = outcomes;
  const [positives, negatives] = [
    truePositives.length + falseNegatives.length,
    falsePositives.length + trueNegatives.length
  ];
  const sensitivity = (level?: number) => exact(truePositives.length, positives, level);
  const specificity = (level?: number) => exact(trueNegatives.length, negatives, level);
  const [se, sp] = [sensitivity(Math.sqrt(0.95)), specificity(Math.sqrt(0.95))];
  const predictive = (value: (end: "value" | "low" | "high") => number): Estimate => ({
    value: value("value"),
    low: value("low"),
    high: value("high")
  });
  return {
    sensitivity: sensitivity(),
    specificity: specificity(),
    positive: predictive((end) => positiveValue(se[end], sp[end], prevalence)),
    // The negative value is the positive one with the roles of the two sides exchanged.
    negative: predictive((end) => positiveValue(sp[end], se[end], 1 - prevalence))
  };
}
