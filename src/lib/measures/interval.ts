import {UserError} from "../support/errors.js";
import {betaQuantile, normalQuantile} from "./special.js";

/** The ends of a confidence interval. */
export interface Interval {
  low: number;
  high: number;
}

/** A measure with the ends of its confidence interval, of 95% where nothing else is said. */
export interface Estimate extends Interval {
  value: number;
  /** Of a share: it is k of n. Of a mean: how many it is of. */
  k?: number;
  n?: number;
  /** Of a difference: the two-sided p-value of there being none. */
  p?: number;
}

/**
 * An estimate of which more is known than its ends: `EstimateWith<"k" | "n">` is a share, `EstimateWith<"p">` a
 * difference.
 */
export type EstimateWith<Name extends keyof Estimate> = Estimate & Required<Pick<Estimate, Name>>;

/** A share with its interval; of nothing, nothing is known. */
export type OfShare = (k: number, n: number, level?: number) => EstimateWith<"k" | "n">;

/**
 * A share of k in n with Wilson's score interval (1927): near its nominal level on average. Throws `UserError` for no
 * such count.
 */
export const wilson: OfShare = (k, n, level = 0.95) =>
  share(k, n, level, () => {
    const z = normalQuantile((1 + level) / 2);
    const value = k / n;
    const scale = 1 + z ** 2 / n;
    const centre = (value + z ** 2 / (2 * n)) / scale;
    const half = (z / scale) * Math.sqrt((value * (1 - value)) / n + z ** 2 / (4 * n ** 2));
    return {low: Math.max(0, centre - half), high: Math.min(1, centre + half)};
  });

/**
 * A share with its exact interval (Clopper & Pearson 1934): at least its nominal level, whatever the share, so wider
 * than Wilson's. Throws `UserError` for no such count.
 */
export const clopperPearson: OfShare = (k, n, level = 0.95) =>
  share(k, n, level, () => {
    const tail = (1 - level) / 2;
    return {low: betaQuantile(tail, k, n - k + 1), high: betaQuantile(1 - tail, k + 1, n - k)};
  });

/** The ends that lie between: no share is below 0 or above 1, and one that is there was seen. */
function share(k: number, n: number, level: number, between: () => Interval): EstimateWith<"k" | "n"> {
  checkCounts(k, n, level);
  const {low, high} = n === 0 ? {low: 0, high: 1} : between();
  return {value: n === 0 ? 0 : k / n, low: k === 0 ? 0 : low, high: k === n ? 1 : high, k, n};
}

/**
 * The mean of several independent shares. Its interval is the mean of their exact ones, each at a level at which all
 * hold at once (Bonferroni's), so that the mean's holds at least at `level`. Resampling sees no more than what is
 * there: a share of nothing or of all, of however few, never varies in it. Shares of nothing are left out.
 */
export function exactMean(shares: readonly {k: number; n: number}[], level = 0.95): Estimate {
  const some = shares.filter(({n}) => n > 0);
  if (some.length === 0) throw new UserError("There is no share to take the mean of.");
  const each = some.map(({k, n}) => clopperPearson(k, n, 1 - (1 - level) / some.length));
  const mean = (of: "value" | "low" | "high") => each.reduce((sum, one) => sum + one[of], 0) / some.length;
  return {value: mean("value"), low: mean("low"), high: mean("high")};
}

/** Throws `UserError` unless 0 < level < 1. */
export function checkLevel(level: number): void {
  if (!(level > 0 && level < 1)) {
    throw new UserError(`${level} is not a confidence level.`, {hint: "Use a number between 0 and 1, such as 0.95."});
  }
}

function checkCounts(k: number, n: number, level: number): void {
  checkLevel(level);
  if (!Number.isInteger(k) || !Number.isInteger(n) || k < 0 || k > n) {
    throw new UserError(`No interval for ${k} out of ${n}.`, {
      hint: "Both must be whole numbers of at least 0, the second not less than the first."
    });
  }
}
