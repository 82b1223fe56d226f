import {UserError} from "../support/errors.js";
import {checkPoints} from "./points.js";

export interface Neighbours {
  rows: number;
  k: number;
  /** The other points, nearest first. Shape [rows, k]. */
  indices: Int32Array;
  /** Squared Euclidean distances, in the same order. Shape [rows, k]. */
  distances: Float64Array;
}

/** Columns whose squares are summed between two looks at whether a point can still be among the nearest. */
const chunk = 8;

/**
 * The `k` nearest other points of every point, exact, Euclidean; ties go to the point listed first. `data` has shape
 * [rows, columns], row-major. Time grows with rows squared and memory with rows: a sum of squares is given up once it
 * exceeds the worst neighbour so far (Bei & Gray 1985), which comes soon where the first columns vary most, as with
 * principal components.
 *
 * Throws `UserError` unless 1 <= k < rows, and for values that are not finite.
 */
export function nearestNeighbours(data: Float32Array, {rows, k}: {rows: number; k: number}): Neighbours {
  const columns = checkPoints(data, rows, "Nearest neighbours");
  if (!Number.isInteger(k) || k < 1 || k >= rows) {
    throw new UserError(`${k} neighbours cannot be found among ${rows} points.`, {
      hint: rows < 2 ? "There are too few points." : `Ask for a whole number between 1 and ${rows - 1}.`
    });
  }
  const points = Float64Array.from(data);
  const indices = new Int32Array(rows * k);
  const distances = new Float64Array(rows * k).fill(Infinity);
  for (let i = 0; i < rows; ++i) {
    const nearest = {indices: indices.subarray(i * k, (i + 1) * k), distances: distances.subarray(i * k, (i + 1) * k)};
    for (let j = 0; j < rows; ++j) {
      if (j === i) continue;
      const distance = distanceWithin(points, columns, i, j, nearest.distances[k - 1]);
      if (distance < nearest.distances[k - 1]) insert(nearest, j, distance);
    }
  }
  return {rows, k, indices, distances};
}

/** The squared distance of two points; where it exceeds the limit, any number above the limit. */
function distanceWithin(points: Float64Array, columns: number, i: number, j: number, limit: number): number {
  let sum = 0;
  const shift = (j - i) * columns;
  for (let at = i * columns, end = at + columns; at < end && sum <= limit;) {
    for (const stop = Math.min(at + chunk, end); at < stop; ++at) {
      const difference = points[at] - points[at + shift];
      sum += difference * difference;
    }
  }
  return sum;
}

/** Puts a point in its place in a sorted list, whose last one falls out; after those that are as near. */
function insert({indices, distances}: Pick<Neighbours, "indices" | "distances">, j: number, distance: number): void {
  let low = 0;
  let high = distances.length - 1;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (distances[middle] <= distance) low = middle + 1;
    else high = middle;
  }
  indices.copyWithin(low + 1, low, indices.length - 1);
  distances.copyWithin(low + 1, low, distances.length - 1);
  indices[low] = j;
  distances[low] = distance;
}
