import {UserError} from "../support/errors.js";
import {checkPoints, checkVaried, squaredDistances} from "./points.js";

const tolerance = 1e-5;
const steps = 100;

/**
 * Gaussian affinities p(j|i) of one point to the others, with the bandwidth that gives them the wanted perplexity:
 * bisection on the precision until the entropy is within 1e-5 nats of the perplexity's logarithm.
 * van der Maaten & Hinton 2008, section 2. Reads squared distances, writes probabilities; `self` gets none.
 *
 * More exact duplicates of a point than the perplexity leave no such bandwidth: they then share all the probability.
 */
export function conditionalAffinities(
  distances: Float64Array,
  self: number,
  perplexity: number,
  p: Float64Array
): void {
  const n = distances.length;
  let nearest = Infinity;
  let total = 0;
  for (let j = 0; j < n; ++j) {
    if (j === self) continue;
    nearest = Math.min(nearest, distances[j]);
    total += distances[j];
  }
  const spread = total / (n - 1) - nearest;
  let [low, high, precision] = [0, Infinity, spread > 0 ? 1 / spread : 1];
  for (let step = 0; step < steps; ++step) {
    let sum = 0;
    let weighted = 0;
    for (let j = 0; j < n; ++j) {
      // Distances relative to the nearest neighbour's: the shares are the same and never all underflow.
      const distance = distances[j] - nearest;
      const affinity = j === self ? 0 : Math.exp(-distance * precision);
      p[j] = affinity;
      sum += affinity;
      weighted += distance * affinity;
    }
    for (let j = 0; j < n; ++j) p[j] /= sum;
    const excess = Math.log(sum) + (precision * weighted) / sum - Math.log(perplexity);
    if (Math.abs(excess) < tolerance) return;
    if (excess > 0) low = precision;
    else high = precision;
    precision = high === Infinity ? low * 2 : (low + high) / 2;
  }
}

/** Symmetric affinities of every pair i < j, row by row: pair (i, j) is at `i * n - i * (i + 1) / 2 + j - i - 1`. */
export interface Affinities {
  rows: number;
  /** Each is p(i, j) = p(j, i); they sum to one half, as every pair is stored once. Shape [n (n - 1) / 2]. */
  pairs: Float64Array;
}

/**
 * The largest perplexity of so many points: a third of their number, which is rounded down, to whole numbers from 2.
 */
export const mostPerplexity = (rows: number) => (rows < 6 ? Math.floor((10 * rows) / 3) / 10 : Math.floor(rows / 3));

/** Throws `UserError` for fewer points than three times the perplexity. */
export function checkPerplexity(perplexity: number, rows: number): void {
  if (!(perplexity > 1) || rows < 3 * perplexity) {
    throw new UserError(`A perplexity of ${perplexity} is not possible with ${rows} points.`, {
      hint:
        rows < 4
          ? "There are too few points for a map."
          : `Choose one between ${rows < 6 ? 1 : 2} and ${mostPerplexity(rows)}: a third of the number of ` +
            "points at most."
    });
  }
}

/**
 * The joint probabilities that t-SNE preserves: p(i, j) = (p(j|i) + p(i|j)) / 2n at the given perplexity.
 * Throws `UserError` for fewer points than three times the perplexity, for values that are not finite and for points
 * that are all the same.
 */
export function jointAffinities(
  data: Float32Array,
  {rows, perplexity}: {rows: number; perplexity: number}
): Affinities {
  const columns = checkPoints(data, rows, "t-SNE");
  checkPerplexity(perplexity, rows);
  checkVaried(data, columns, "t-SNE");
  const pairs = new Float64Array((rows * (rows - 1)) / 2);
  const distances = new Float64Array(rows);
  const p = new Float64Array(rows);
  for (let i = 0; i < rows; ++i) {
    squaredDistances(data, columns, i, distances);
    conditionalAffinities(distances, i, perplexity, p);
    for (let j = 0, at = i - 1; j < i; at += rows - j - 2, ++j) pairs[at] += p[j] / (2 * rows);
    for (let j = i + 1, at = i * rows - (i * (i + 1)) / 2; j < rows; ++j, ++at) pairs[at] += p[j] / (2 * rows);
  }
  return {rows, pairs};
}
