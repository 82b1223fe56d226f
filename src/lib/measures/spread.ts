import {UserError} from "../support/errors.js";
import {checkLevel} from "./interval.js";
import type {Interval} from "./interval.js";
import {tQuantile} from "./special.js";

/** How a score varies over repetitions that differ in the seed alone: another uncertainty than the choice of images. */
export interface Spread {
  n: number;
  mean: number;
  min: number;
  max: number;
  /** Student's t interval of the mean, which takes the values as normal; null for one value. */
  interval: Interval | null;
}

/** Mean, range and t interval of some values. Throws `UserError` when there is none. */
export function spread(values: readonly number[], level = 0.95): Spread {
  checkLevel(level);
  const n = values.length;
  if (n === 0) throw new UserError("There are no values to summarise.");
  const mean = values.reduce((sum, value) => sum + value, 0) / n;
  const range = {n, mean, min: Math.min(...values), max: Math.max(...values)};
  if (n === 1) return {...range, interval: null};
  const deviation = Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (n - 1));
  const half = (tQuantile((1 + level) / 2, n - 1) * deviation) / Math.sqrt(n);
  return {...range, interval: {low: mean - half, high: mean + half}};
}
