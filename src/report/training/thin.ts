import {mean, range} from "d3";
import {rounded} from "../shared/rounding.js";

/**
 * Columns of what was recorded at every step, with neighbouring steps averaged until no more than `limit` points are
 * left: more than a chart has pixels for would only be a longer download. `step` is the first of a point, counted from
 * 0.
 */
export function thin<K extends string>(
  columns: Record<K, ArrayLike<number>>,
  limit = 500
): {step: number[]} & Record<K, number[]> {
  const values = Object.entries(columns) as [K, ArrayLike<number>][];
  const steps = values[0][1].length;
  const width = Math.ceil(steps / limit) || 1;
  const starts = range(0, steps, width);
  const average = (column: number[], start: number) => mean(column.slice(start, start + width))!;
  const thinned = values.map(([name, column]) => {
    const all = Array.from(column);
    return [name, rounded(Float32Array.from(starts, (start) => average(all, start)))];
  });
  return {step: starts, ...(Object.fromEntries(thinned) as Record<K, number[]>)};
}
