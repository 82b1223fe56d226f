import {type BootstrapOptions, type Strata, bootstrapAll} from "../measures/bootstrap.js";
import {classification} from "../measures/classification.js";
import type {Confusion} from "../measures/confusion.js";
import type {Estimate} from "../measures/interval.js";
import {argmax} from "../measures/predictions.js";
import {ranking} from "../measures/ranking.js";
import {type WeightedScores, weightedScores} from "../measures/weighted.js";
import type {Predictions} from "./predicted.js";

/** The measures of all classes together that have no interval of their own kind: a score that is added here has one. */
function overallOf(confusion: Confusion, {logLoss, brier, expectedCalibrationError}: WeightedScores) {
  const {balancedAccuracy, macro, weighted, kappa, mcc} = classification(confusion);
  return {
    balancedAccuracy,
    macroF1: macro.f1,
    macroRecall: macro.recall,
    macroPrecision: macro.precision,
    weightedF1: weighted.f1,
    weightedRecall: weighted.recall,
    weightedPrecision: weighted.precision,
    kappa,
    mcc,
    logLoss,
    brier,
    expectedCalibrationError
  };
}

/** The scores of all classes together, by name. */
export type Overall = Record<keyof ReturnType<typeof overallOf>, Estimate>;

/**
 * Measures with 95% intervals, all from the same resamples of the images, stratified by class: the percentiles', and
 * that of the expected calibration error `reflected`. The areas of a class are
 * null where it has no images or all of them.
 */
export function resampled({labels, classes, probabilities}: Omit<Predictions, "rows">, options: BootstrapOptions) {
  const images = classes.map((_, k) => Array.from(labels, (label, i) => (label === k ? i : -1)).filter((i) => i >= 0));
  const areas = ranking(probabilities, labels);
  const ranked = classes.map((_, k) => k).filter((k) => areas[k].rocAuc !== null);
  const measure = measuring(images, {labels, classes, probabilities});
  const statistics = (counts: Strata) => {
    const {confusion, scores} = measure(counts);
    return [
      ...Object.values(overallOf(confusion, scores)),
      ...classification(confusion).classes.map(({f1}) => f1),
      ...ranked.map((k) => scores.rocAuc[k]),
      ...ranked.map((k) => scores.averagePrecision[k])
    ];
  };
  const ones = images.map((of) => of.map(() => 1));
  const estimates = bootstrapAll(statistics, ones, options);
  const {confusion, scores} = measure(ones);
  const names = Object.keys(overallOf(confusion, scores)) as (keyof Overall)[];
  const percentiles = Object.fromEntries(names.map((name, i) => [name, estimates[i]])) as Overall;
  const {expectedCalibrationError} = percentiles;
  const overall: Overall = {...percentiles, expectedCalibrationError: reflected(expectedCalibrationError)};
  const f1 = estimates.slice(names.length, names.length + classes.length);
  const [rocAuc, averagePrecision] = halves(estimates.slice(names.length + classes.length));
  const of = (list: Estimate[], k: number) => (ranked.includes(k) ? list[ranked.indexOf(k)] : null);
  return {
    overall,
    ofClass: classes.map((_, k) => ({f1: f1[k], rocAuc: of(rocAuc, k), averagePrecision: of(averagePrecision, k)}))
  };
}

/**
 * The basic bootstrap interval of a measure that cannot be below 0 (Davison & Hinkley 1997, section 5.2), which the
 * library of Kumar et al. 2019 uses for calibration errors. Noise alone makes a mean of distances larger, and that of
 * resamples larger still than that of the images: the percentiles lie too high, and may all lie above the value.
 * Reflected at the value they make up for a part of that. The value itself, the error that these images do show, is
 * never left out.
 */
export const reflected = ({value, low, high}: Estimate): Estimate => ({
  value,
  low: Math.min(value, Math.max(0, 2 * value - high)),
  high: Math.max(value, 2 * value - low)
});

const halves = <T>(list: T[]): [T[], T[]] => [list.slice(0, list.length / 2), list.slice(list.length / 2)];

/**
 * Confusion matrix and measures of the probabilities, given how often each image of each class was drawn. Reuses its
 * memory.
 */
function measuring(images: number[][], {labels, classes, probabilities}: Omit<Predictions, "rows">) {
  const predicted = argmax(probabilities, classes.length);
  const weights = new Float64Array(labels.length);
  const confusion = classes.map(() => new Array<number>(classes.length).fill(0));
  const scoresOf = weightedScores(probabilities, labels);
  return (counts: Strata) => {
    counts.forEach((row, k) => {
      confusion[k].fill(0);
      row.forEach((count, j) => {
        weights[images[k][j]] = count;
        confusion[k][predicted[images[k][j]]] += count;
      });
    });
    return {confusion, scores: scoresOf(weights)};
  };
}
