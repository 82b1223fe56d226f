import {bootstrapAll} from "../../lib/measures/bootstrap.js";
import type {EstimateWith} from "../../lib/measures/interval.js";
import type {Study} from "../../lib/study/schema.js";

/**
 * Means over n images of several of their measures, each a column, with bootstrap intervals from the same resamples;
 * none without images.
 */
export function means(
  columns: readonly ArrayLike<number>[],
  options: Study["analyses"]["bootstrap"]
): EstimateWith<"n">[] | undefined {
  const n = columns[0].length;
  if (n === 0) return undefined;
  const weighted = (counts: readonly number[]) =>
    columns.map((values) => counts.reduce((sum, count, i) => sum + count * values[i], 0) / n);
  return bootstrapAll(([counts]) => weighted(counts), [new Array<number>(n).fill(1)], options).map((mean) => ({
    ...mean,
    n
  }));
}
