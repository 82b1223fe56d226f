import {UserError} from "../support/errors.js";
import {stream} from "../support/random.js";
import {checkLevel} from "./intervals.js";
import type {Interval} from "./intervals.js";

/** How often each outcome occurred, one row per stratum. A confusion matrix is one, stratified by true class. */
export type Strata = readonly (readonly number[])[];

export interface BootstrapInterval extends Interval {
  /** The statistic of the data as they are. */
  estimate: number;
  level: number;
  resamples: number;
  /**
   * Two-sided achieved significance of the statistic being 0 (Efron & Tibshirani 1993, chapter 15): twice the smaller
   * share of resamples on either side of 0, ties on both; at least 2 / (resamples + 1), at most 1. Of use for
   * differences.
   */
  p: number;
}

/** What is resampled and how the interval is read off. */
export interface BootstrapOptions {
  resamples?: number;
  seed?: number;
  level?: number;
}

/**
 * Percentile intervals of several statistics, from the same resamples, by the stratified bootstrap (Efron & Tibshirani
 * 1993): within each stratum as many images as it has are drawn with replacement. Resamples are counts, so a statistic
 * of a confusion matrix is quick; for a statistic of single images let every image be an outcome that occurred once,
 * and read the counts as weights.
 *
 * The matrix handed to `statistics` is overwritten by the next resample. Throws `UserError` when there is nothing to
 * draw from or a statistic is not a finite number for some resample.
 */
export function bootstrapAll(
  statistics: (counts: Strata) => readonly number[],
  strata: Strata,
  {resamples = 10_000, seed = 0, level = 0.95}: BootstrapOptions = {}
): BootstrapInterval[] {
  checkLevel(level);
  if (!Number.isInteger(resamples) || resamples < 1) {
    throw new UserError(`${resamples} is not a number of resamples.`, {hint: "Use a whole number, such as 10000."});
  }
  // Every image by its outcome, so that one draw is one look-up.
  const images = strata.map((row) => Int32Array.from(row.flatMap((count, k) => new Array<number>(count).fill(k))));
  if (images.every(({length}) => length === 0)) throw new UserError("There is nothing to resample.");
  const counts = strata.map((row) => new Array<number>(row.length).fill(0));
  const random = stream(seed, "bootstrap");
  const estimates = statistics(strata);
  const values = estimates.map(() => new Float64Array(resamples));
  for (let resample = 0; resample < resamples; ++resample) {
    counts.forEach((row, s) => {
      row.fill(0);
      const drawFrom = images[s];
      for (let draw = 0; draw < drawFrom.length; ++draw) row[drawFrom[Math.floor(random() * drawFrom.length)]] += 1;
    });
    statistics(counts).forEach((value, i) => (values[i][resample] = value));
  }
  return estimates.map((estimate, i) => percentiles(estimate, values[i].sort(), level));
}

/** `bootstrapAll` for one statistic. */
export const bootstrap = (
  statistic: (counts: Strata) => number,
  strata: Strata,
  options?: BootstrapOptions
): BootstrapInterval => bootstrapAll((counts) => [statistic(counts)], strata, options)[0];

function percentiles(estimate: number, sorted: Float64Array, level: number): BootstrapInterval {
  if (!Number.isFinite(estimate) || !sorted.every(Number.isFinite)) {
    throw new UserError("The statistic is undefined for some resamples.", {
      hint: "Give it a value where its denominator is zero."
    });
  }
  const tail = (1 - level) / 2;
  const [lower, upper] = [quantile(sorted, tail), quantile(sorted, 1 - tail)];
  return {estimate, lower, upper, level, resamples: sorted.length, p: significance(sorted)};
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

/** Quantile of sorted values with linear interpolation (Hyndman & Fan 1996, type 7). */
function quantile(sorted: Float64Array, p: number): number {
  const at = p * (sorted.length - 1);
  const below = Math.floor(at);
  const above = Math.min(below + 1, sorted.length - 1);
  return sorted[below] + (at - below) * (sorted[above] - sorted[below]);
}
