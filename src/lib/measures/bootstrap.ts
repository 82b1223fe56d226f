import {quantileSorted} from "d3";
import {UserError} from "../support/errors.js";
import {stream} from "./random.js";
import {checkLevel} from "./interval.js";
import type {Estimate, EstimateWith} from "./interval.js";

/** How often each outcome occurred, one row per stratum. A confusion matrix is one, stratified by true class. */
export type Strata = readonly (readonly number[])[];

/** What is resampled and how the interval is read off. */
export interface BootstrapOptions {
  resamples?: number;
  seed?: number;
  level?: number;
}

/**
 * Statistics of how often each outcome was drawn. The matrix that they are handed is overwritten by the next resample.
 */
export type Statistics = (counts: Strata) => readonly number[];

/**
 * Several statistics with percentile intervals, from the same resamples, by the stratified bootstrap (Efron &
 * Tibshirani 1993): within each stratum as many images as it has are drawn with replacement. Resamples are counts, so a
 * statistic of a confusion matrix is quick; for a statistic of single images let every image be an outcome that
 * occurred once, and read the counts as weights. Throws `UserError` when there is nothing to draw from or a statistic
 * is not a finite number for some resample.
 */
export const bootstrapAll = (statistics: Statistics, strata: Strata, options: BootstrapOptions = {}): Estimate[] =>
  resampled(statistics, strata, options).map((statistic) => percentiles(statistic, options));

/**
 * `bootstrapAll` for differences, with the two-sided achieved significance of there being none (Efron & Tibshirani
 * 1993, chapter 15): twice the smaller share of resamples on either side of 0, ties on both; at least 2 / (resamples +
 * 1), at most 1.
 */
export const bootstrapDifferences = (
  statistics: Statistics,
  strata: Strata,
  options: BootstrapOptions = {}
): EstimateWith<"p">[] =>
  resampled(statistics, strata, options).map((difference) => ({
    ...percentiles(difference, options),
    p: significance(difference.values)
  }));

/** `bootstrapAll` for one statistic. */
export const bootstrap = (
  statistic: (counts: Strata) => number,
  strata: Strata,
  options?: BootstrapOptions
): Estimate => bootstrapAll((counts) => [statistic(counts)], strata, options)[0];

/** A statistic of the data as they are, and of every resample, in the order of these. */
export interface Resampled {
  value: number;
  values: Float64Array;
}

/**
 * What `bootstrapAll` reads its intervals off. Throws `UserError` when there is nothing to draw from or a statistic is
 * not a finite number for some resample.
 */
export function resampled(
  statistics: Statistics,
  strata: Strata,
  {resamples = 10_000, seed = 0, level = 0.95}: BootstrapOptions
): Resampled[] {
  checkLevel(level);
  if (!Number.isInteger(resamples) || resamples < 1) {
    throw new UserError(`${resamples} is not a number of resamples.`, {hint: "Use a whole number, such as 10000."});
  }
  // Every image by its outcome, so that one draw is one look-up.
  const images = strata.map((row) => Int32Array.from(row.flatMap((count, k) => new Array<number>(count).fill(k))));
  if (images.every(({length}) => length === 0)) throw new UserError("There is nothing to resample.");
  const counts = strata.map((row) => new Array<number>(row.length).fill(0));
  const random = stream(seed, "bootstrap");
  const actual = [...statistics(strata)];
  const values = actual.map(() => new Float64Array(resamples));
  for (let resample = 0; resample < resamples; ++resample) {
    counts.forEach((row, s) => {
      row.fill(0);
      const drawFrom = images[s];
      for (let draw = 0; draw < drawFrom.length; ++draw) row[drawFrom[Math.floor(random() * drawFrom.length)]] += 1;
    });
    statistics(counts).forEach((value, i) => (values[i][resample] = value));
  }
  if (![actual, ...values].every((row) => row.every(Number.isFinite))) {
    throw new UserError("The statistic is undefined for some resamples.", {
      hint: "Give it a value where its denominator is zero."
    });
  }
  return actual.map((value, i) => ({value, values: values[i]}));
}

/** The ends are quantiles with linear interpolation (Hyndman & Fan 1996, type 7). */
function percentiles({value, values}: Resampled, {level = 0.95}: BootstrapOptions): Estimate {
  const tail = (1 - level) / 2;
  const sorted = Array.from(values.slice().sort());
  return {value, low: quantileSorted(sorted, tail)!, high: quantileSorted(sorted, 1 - tail)!};
}

function significance(values: Float64Array): number {
  const share = (side: (value: number) => boolean) => (1 + values.filter(side).length) / (1 + values.length);
  return Math.min(
    1,
    2 *
      Math.min(
        share((value) => value <= 0),
        share((value) => value >= 0)
      )
  );
}
