import {UserError} from "../support/errors.js";
import {betaQuantile, normalQuantile} from "./special.js";

/** The ends of a confidence interval. */
export interface Interval {
  lower: number;
  upper: number;
}

/**
 * Wilson's score interval of a share (1927): near its nominal level on average. Throws `UserError` for no such count.
 */
export function wilson(successes: number, total: number, level = 0.95): Interval {
  checkCounts(successes, total, level);
  const z = normalQuantile((1 + level) / 2);
  const share = successes / total;
  const scale = 1 + z ** 2 / total;
  const centre = (share + z ** 2 / (2 * total)) / scale;
  const half = (z / scale) * Math.sqrt((share * (1 - share)) / total + z ** 2 / (4 * total ** 2));
  return {
    lower: successes === 0 ? 0 : Math.max(0, centre - half),
    upper: successes === total ? 1 : Math.min(1, centre + half)
  };
}

/**
 * The exact interval of a share (Clopper & Pearson 1934): at least its nominal level, whatever the share, so wider than
 * Wilson's. Throws `UserError` for no such count.
 */
export function clopperPearson(successes: number, total: number, level = 0.95): Interval {
  checkCounts(successes, total, level);
  const tail = (1 - level) / 2;
  return {
    lower: successes === 0 ? 0 : betaQuantile(tail, successes, total - successes + 1),
    upper: successes === total ? 1 : betaQuantile(1 - tail, successes + 1, total - successes)
  };
}

/**
 * An interval of the mean of several independent shares: the mean of their exact ones, each at a level at which all
 * hold at once (Bonferroni's), so that the mean's holds at least at `level`. Resampling sees no more than what is
 * there: a share of nothing or of all, of however few, never varies in it. Shares of nothing are left out.
 */
export function exactMean(shares: readonly {k: number; n: number}[], level = 0.95): Interval {
  const some = shares.filter(({n}) => n > 0);
  if (some.length === 0) throw new UserError("There is no share to take the mean of.");
  const each = some.map(({k, n}) => clopperPearson(k, n, 1 - (1 - level) / some.length));
  const mean = (end: keyof Interval) => each.reduce((sum, one) => sum + one[end], 0) / some.length;
  return {lower: mean("lower"), upper: mean("upper")};
}

/** Throws `UserError` unless 0 < level < 1. */
export function checkLevel(level: number): void {
  if (!(level > 0 && level < 1)) {
    throw new UserError(`${level} is not a confidence level.`, {hint: "Use a number between 0 and 1, such as 0.95."});
  }
}

function checkCounts(successes: number, total: number, level: number): void {
  checkLevel(level);
  if (!Number.isInteger(successes) || !Number.isInteger(total) || total < 1 || successes < 0 || successes > total) {
    throw new UserError(`No interval for ${successes} out of ${total}.`, {
      hint: "Both must be whole, the second at least 1 and not less than the first."
    });
  }
}
