import {checkPerplexity, conditionalAffinities} from "./affinities.js";
import {nearestNeighbours} from "./neighbours.js";
import {checkPoints, checkVaried} from "./points.js";

/**
 * Symmetric affinities of the pairs i < j that have one, as compressed rows: row i holds `starts[i]` to `starts[i +
 * 1]`.
 */
export interface SparseAffinities {
  rows: number;
  /** Shape [rows + 1]. */
  starts: Int32Array;
  /** The j of each pair. Shape [pairs]. */
  columns: Int32Array;
  /** Each is p(i, j) = p(j, i); they sum to one half, as every pair is stored once. Shape [pairs]. */
  values: Float64Array;
}

/**
 * The joint probabilities of t-SNE among nearest neighbours only: three times the perplexity of them, beyond which an
 * affinity is negligible (van der Maaten 2014, section 4.1). Memory grows with rows times perplexity.
 * Throws `UserError` where `jointAffinities` does.
 */
export function sparseAffinities(
  data: Float32Array,
  {rows, perplexity}: {rows: number; perplexity: number}
): SparseAffinities {
  const width = checkPoints(data, rows, "t-SNE");
  checkPerplexity(perplexity, rows);
  checkVaried(data, width, "t-SNE");
  const k = Math.min(rows - 1, Math.floor(3 * perplexity));
  const {indices, distances} = nearestNeighbours(data, {rows, k});
  const p = new Float64Array(rows * k);
  for (let at = 0; at < p.length; at += k) {
    conditionalAffinities(distances.subarray(at, at + k), -1, perplexity, p.subarray(at, at + k));
  }
  return symmetric(rows, k, indices, p);
}

/** (p(j|i) + p(i|j)) / 2n, with the directed edges sorted into rows by their smaller end. */
function symmetric(rows: number, k: number, indices: Int32Array, p: Float64Array): SparseAffinities {
  const bounds = new Int32Array(rows + 1);
  for (let at = 0; at < indices.length; ++at) ++bounds[Math.min(Math.floor(at / k), indices[at]) + 1];
  for (let i = 0; i < rows; ++i) bounds[i + 1] += bounds[i];
  const edges = new Int32Array(indices.length);
  const next = bounds.slice();
  for (let at = 0; at < indices.length; ++at) edges[next[Math.min(Math.floor(at / k), indices[at])]++] = at;

  const starts = new Int32Array(rows + 1);
  const columns = new Int32Array(indices.length);
  const values = new Float64Array(indices.length);
  const slot = new Int32Array(rows).fill(-1);
  let count = 0;
  for (let i = 0; i < rows; ++i) {
    starts[i] = count;
    for (const edge of edges.subarray(bounds[i], bounds[i + 1])) {
      const j = Math.max(Math.floor(edge / k), indices[edge]);
      if (slot[j] < starts[i]) {
        slot[j] = count;
        columns[count++] = j;
      }
      values[slot[j]] += p[edge] / (2 * rows);
    }
  }
  starts[rows] = count;
  return {rows, starts, columns: columns.slice(0, count), values: values.slice(0, count)};
}
