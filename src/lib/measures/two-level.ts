import {sum} from "d3";
import {UserError} from "../support/errors.js";
import {stream} from "./random.js";
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

interface Options {
  resamples?: number;
  seed?: number;
  level?: number;
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
  {resamples = 1000, seed = 0, level = 0.95}: Options = {}
): TwoLevelEstimate[] {
  const n = repetitions.length;
  if (n < 2) {
    throw new UserError(`${n === 0 ? "No repetition" : "One repetition"} has no spread over repetitions.`, {
      hint: "Run at least two seeds or folds."
    });
  }
  const observed = repetitions.map(({labels, statistics}) => statistics(new Float64Array(labels.length).fill(1)));
  const drawn = resampledByPatient(repetitions, resamples, seed);
  if (![...observed, ...drawn.flat()].every((row) => row.every(Number.isFinite))) {
    throw new UserError("A score is undefined for some resamples.", {
      hint: "Give it a value where its denominator is zero."
    });
  }
  return observed[0].map((_, k) => {
    const values = observed.map((row) => row[k]);
    const value = sum(values) / n;
    const between = sum(values, (one) => (one - value) ** 2) / (n - 1) / n;
    const shared = Math.max(0, meanCovariance(drawn.map((rows) => rows.map((row) => row[k]))));
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

/** Statistics of every repetition for every resample of the patients, [repetitions][resamples]. */
function resampledByPatient(repetitions: readonly Repetition[], resamples: number, seed: number) {
  const strata = strataOf(repetitions);
  const random = stream(seed, "two-level bootstrap");
  const weights = repetitions.map(({labels}) => new Float64Array(labels.length));
  const drawn = repetitions.map((): (readonly number[])[] => []);
  for (let resample = 0; resample < resamples; ++resample) {
    for (const own of weights) own.fill(0);
    for (const patients of strata) {
      for (let draw = 0; draw < patients.length; ++draw) {
        for (const {repetition, image} of patients[Math.floor(random() * patients.length)]) {
          weights[repetition][image] += 1;
        }
      }
    }
    repetitions.forEach(({statistics}, r) => drawn[r].push(statistics(weights[r])));
  }
  return drawn;
}

/** An image in one of the repetitions. */
interface Place {
  repetition: number;
  image: number;
}

/** Patients, as the places of their images, by where they occur and what labels they bear. */
function strataOf(repetitions: readonly Repetition[]): Place[][][] {
  const patients = new Map<string | number, Place[]>();
  repetitions.forEach(({patients: names}, repetition) => {
    for (let image = 0; image < names.length; ++image) {
      const places = patients.get(names[image]);
      if (places) places.push({repetition, image});
      else patients.set(names[image], [{repetition, image}]);
    }
  });
  const strata = new Map<string, Place[][]>();
  for (const places of patients.values()) {
    const kinds = places.map(({repetition, image}) => `${repetition}:${repetitions[repetition].labels[image]}`);
    const key = [...new Set(kinds)].sort().join();
    strata.set(key, [...(strata.get(key) ?? []), places]);
  }
  return [...strata.values()];
}

/** The mean of the covariances of all pairs of rows. */
function meanCovariance(rows: readonly (readonly number[])[]): number {
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
