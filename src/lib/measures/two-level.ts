import {cumsum, sum} from "d3";
import {UserError} from "../support/errors.js";
import {type BootstrapOptions, resampled, type Resampled} from "./bootstrap.js";
import {byPatient} from "./by-patient.js";
import type {EstimateWith} from "./interval.js";
import {tQuantile} from "./special.js";

/** One repetition of a comparison: what one seed or one fold says of its images. */
export interface Repetition {
  /** Whose each image is; a patient of several repetitions bears one name in all of them. */
  patients: ArrayLike<string | number>;
  labels: ArrayLike<number>;
  /** Scores, or differences of scores, of the images, each counted as often as its weight says. */
  statistics(weights: Float64Array): readonly number[];
}

/** A mean over repetitions with its interval, and what the interval is made of. */
export interface TwoLevelEstimate extends EstimateWith<"n"> {
  /** Of the mean: the part of it that differs between repetitions, and the part that their patients share. */
  variance: {repetitions: number; patients: number};
  degreesOfFreedom: number;
}

/**
 * Means of statistics over repetitions, with intervals that cover the choice of seeds (or folds) and of patients at
 * once. Repetitions stand where radiology's multi-reader, multi-case studies have readers, and patients where these
 * have cases: the method is that of Obuchowski & Rockette (1995, doi:10.1080/03610919508813243) with the degrees of
 * freedom of Hillis (2007, doi:10.1002/sim.2532), for the mean of one series. The variance of the mean is the variance
 * between repetitions over their number, and the covariance of two repetitions that test the same patients, which a
 * bootstrap of patients (stratified by their labels) estimates. Folds share no patient, and none of this covariance.
 * What the method does not cover is another set of images to train on.
 * @throws UserError for fewer than two repetitions, or a statistic that is not a finite number for some resample
 */
export function twoLevel(
  repetitions: readonly Repetition[],
  {resamples = 1000, seed = 0, level = 0.95}: BootstrapOptions = {}
): TwoLevelEstimate[] {
  const n = repetitions.length;
  if (n < 2) {
    throw new UserError(`${n === 0 ? "No repetition" : "One repetition"} has no spread over repetitions.`, {
      hint: "Run at least two seeds or folds."
    });
  }
  const drawn = resampledTogether(repetitions, {resamples, seed, level});
  return drawn[0].map((_, k) => {
    const statistic = drawn.map((own) => own[k]);
    const value = sum(statistic, (one) => one.value) / n;
    const between = sum(statistic, (one) => (one.value - value) ** 2) / (n - 1) / n;
    const shared = Math.max(0, meanCovariance(statistic.map(({values}) => values)));
    const variance = between + shared;
    const degreesOfFreedom = between > 0 ? (variance ** 2 * (n - 1)) / between ** 2 : Infinity;
    const half = quantileOf(degreesOfFreedom, (1 + level) / 2) * Math.sqrt(variance);
    return {
      ...{value, low: value - half, high: value + half, n},
      ...{variance: {repetitions: between, patients: shared}, degreesOfFreedom}
    };
  });
}

/** Student's t; so many degrees of freedom as make no difference to it are the normal distribution's. */
const quantileOf = (degreesOfFreedom: number, p: number) => tQuantile(p, Math.min(degreesOfFreedom, 1e6));

/** The statistics of every repetition, for the same resamples of the patients of all, [repetitions][statistics]. */
function resampledTogether(repetitions: readonly Repetition[], options: BootstrapOptions): Resampled[][] {
  const ends = cumsum(repetitions, ({labels}) => labels.length);
  const each = (weights: Float64Array) =>
    repetitions.map(({labels, statistics}, r) => statistics(weights.subarray(ends[r] - labels.length, ends[r])));
  const all = resampled(
    ...byPatient((weights) => each(weights).flat(), {
      // A patient's stratum says in which repetitions it occurs, too.
      labels: repetitions.flatMap(({labels}, r) => Array.from(labels, (label) => `${r}:${label}`)),
      patients: repetitions.flatMap(({patients}) => Array.from(patients))
    }),
    options
  );
  const statistics = all.length / repetitions.length;
  return repetitions.map((_, r) => all.slice(r * statistics, (r + 1) * statistics));
}

/** The mean of the covariances of all pairs of rows. */
function meanCovariance(rows: readonly Float64Array[]): number {
  const [n, draws] = [rows.length, rows[0].length];
  const centred = rows.map((row) => {
    const mean = sum(row) / draws;
    return row.map((value) => value - mean);
  });
  // Of all pairs together: the square of the sum less the squares.
  let total = 0;
  for (let b = 0; b < draws; ++b) {
    const [whole, squares] = [sum(centred, (row) => row[b]), sum(centred, (row) => row[b] ** 2)];
    total += whole ** 2 - squares;
  }
  return total / (n * (n - 1)) / (draws - 1);
}
