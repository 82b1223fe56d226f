import {UserError} from "../support/errors.js";
import {nearestNeighbours} from "./neighbours.js";
import {checkPoints, squaredDistances} from "./points.js";

/**
 * Trustworthiness of a map (Venna & Kaski 2001): 1 when the `k` nearest neighbours of every point in the map are also
 * near in the data, less the further away the intruders come from. Euclidean; ties go to the point listed first.
 * `high` is [rows, any], `low` is [rows, any], row-major. Throws `UserError` unless 1 <= k < rows / 2.
 */
export function trustworthiness(
  high: Float32Array,
  low: Float32Array,
  {rows, k = 10}: {rows: number; k?: number}
): number {
  const columns = checkPoints(high, rows, "Trustworthiness");
  checkPoints(low, rows, "Trustworthiness");
  checkNeighbours(k, Math.ceil(rows / 2) - 1, rows);
  const {indices} = nearestNeighbours(low, {rows, k});
  const distances = new Float64Array(rows);
  let intrusion = 0;
  for (let i = 0; i < rows; ++i) {
    squaredDistances(high, columns, i, distances);
    for (const j of indices.subarray(i * k, (i + 1) * k)) intrusion += Math.max(0, rank(distances, i, j) - k);
  }
  return 1 - (2 * intrusion) / (rows * k * (2 * rows - 3 * k - 1));
}

/**
 * Continuity of a map (Venna & Kaski 2001): 1 when the `k` nearest neighbours of every point in the data are also near
 * in the map, less the further away the missing ones went. It is trustworthiness with the roles exchanged.
 */
export const continuity = (high: Float32Array, low: Float32Array, options: {rows: number; k?: number}): number =>
  trustworthiness(low, high, options);

/** Which neighbour of i, counted from 1, j is. */
function rank(distances: Float64Array, i: number, j: number): number {
  const distance = distances[j];
  let result = 1;
  for (let l = 0; l < distances.length; ++l) {
    if (distances[l] < distance || (distances[l] === distance && l < j)) result += l === i ? 0 : 1;
  }
  return result;
}

/**
 * The share of the `k` nearest neighbours that are of a point's own class, averaged over all points. Euclidean; ties go
 * to the point listed first. `data` is [n, any], row-major; `labels` has n entries. Throws `UserError` unless 1 <= k <
 * n.
 */
export function knnPurity(data: Float32Array, labels: ArrayLike<number>, k = 10): number {
  const rows = labels.length;
  const {indices} = nearestNeighbours(data, {rows, k});
  return indices.reduce((same, j, at) => same + Number(labels[j] === labels[Math.floor(at / k)]), 0) / (rows * k);
}

/**
 * How many of a point's `k` nearest neighbours two maps share, as a share of k, averaged over all pairs of the maps:
 * 1 where every map agrees. Each map is [rows, 2]. Shape [rows]. Throws `UserError` for fewer than two maps and unless
 * 1 <= k < rows.
 */
export function neighbourStability(
  maps: readonly Float32Array[],
  {rows, k = 10}: {rows: number; k?: number}
): Float32Array {
  if (maps.length < 2) throw new UserError("Stability is judged by at least two maps.", {hint: "Add a seed."});
  const neighbours = maps.map((map) => nearestNeighbours(map, {rows, k}).indices);
  const pairs = (maps.length * (maps.length - 1)) / 2;
  return Float32Array.from({length: rows}, (_, i) => {
    const sets = neighbours.map((indices) => new Set(indices.subarray(i * k, (i + 1) * k)));
    let kept = 0;
    sets.forEach((a, at) => sets.slice(at + 1).forEach((b) => b.forEach((j) => (kept += Number(a.has(j))))));
    return kept / (pairs * k);
  });
}

function checkNeighbours(k: number, most: number, rows: number): void {
  if (!Number.isInteger(k) || k < 1 || k > most) {
    throw new UserError(`${k} neighbours cannot be judged among ${rows} points.`, {
      hint: most < 1 ? "There are too few points." : `Ask for a whole number between 1 and ${most}.`
    });
  }
}
