import {UserError} from "../support/errors.js";
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
  const highColumns = checkPoints(high, rows, "Trustworthiness");
  const lowColumns = checkPoints(low, rows, "Trustworthiness");
  checkNeighbours(k, Math.ceil(rows / 2) - 1, rows);
  let intrusion = 0;
  for (let i = 0; i < rows; ++i) {
    const rank = new Int32Array(rows);
    byDistance(high, highColumns, rows, i).forEach((j, at) => (rank[j] = at + 1));
    for (const j of byDistance(low, lowColumns, rows, i).subarray(0, k)) intrusion += Math.max(0, rank[j] - k);
  }
  return 1 - (2 * intrusion) / (rows * k * (2 * rows - 3 * k - 1));
}

/**
 * The share of the `k` nearest neighbours that are of a point's own class, averaged over all points. Euclidean; ties go
 * to the point listed first. `data` is [n, any], row-major; `labels` has n entries. Throws `UserError` unless 1 <= k < n.
 */
export function knnPurity(data: Float32Array, labels: ArrayLike<number>, k = 10): number {
  const rows = labels.length;
  const columns = checkPoints(data, rows, "Neighbour purity");
  checkNeighbours(k, rows - 1, rows);
  let same = 0;
  for (let i = 0; i < rows; ++i) {
    for (const j of byDistance(data, columns, rows, i).subarray(0, k)) same += Number(labels[j] === labels[i]);
  }
  return same / (rows * k);
}

/** The other points, nearest first. Shape [rows - 1]. */
function byDistance(data: Float32Array, columns: number, rows: number, i: number): Int32Array {
  const distances = new Float64Array(rows);
  squaredDistances(data, columns, i, distances);
  return Int32Array.from({length: rows - 1}, (_, j) => (j < i ? j : j + 1)).sort(
    (a, b) => distances[a] - distances[b] || a - b
  );
}

function checkNeighbours(k: number, most: number, rows: number): void {
  if (!Number.isInteger(k) || k < 1 || k > most) {
    throw new UserError(`${k} neighbours cannot be judged among ${rows} points.`, {
      hint: most < 1 ? "There are too few points." : `Ask for a whole number between 1 and ${most}.`
    });
  }
}
