import {bootstrapAll} from "../../lib/evaluation/bootstrap.js";
import type {Study} from "../../lib/study/schema.js";

/** A mean over images with its 95% interval. */
export interface Mean {
  value: number;
  low: number;
  high: number;
  /** How many images. */
  n: number;
}

/**
 * Means of several measures of the same images, each a column, with bootstrap intervals from the same resamples; none
 * without images.
 */
export function means(
  columns: readonly ArrayLike<number>[],
  options: Study["analyses"]["bootstrap"]
): Mean[] | undefined {
  const n = columns[0].length;
  if (n === 0) return undefined;
  const weighted = (counts: readonly number[]) =>
    columns.map((values) => counts.reduce((sum, count, i) => sum + count * values[i], 0) / n);
  return bootstrapAll(([counts]) => weighted(counts), [new Array<number>(n).fill(1)], options).map(
    ({estimate, lower, upper}) => ({value: estimate, low: lower, high: upper, n})
  );
}
