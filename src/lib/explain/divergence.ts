import type {Affinities} from "./affinities.js";

/**
 * Exact Kullback-Leibler divergence of a two-dimensional map from the affinities, in nats, float64. Shape [n, 2].
 * A probability of zero contributes nothing; the map's are never zero.
 */
export function exactKl({rows, pairs}: Affinities, coordinates: Float32Array): number {
  const similarity = (i: number, j: number) =>
    1 / (1 + (coordinates[2 * i] - coordinates[2 * j]) ** 2 + (coordinates[2 * i + 1] - coordinates[2 * j + 1]) ** 2);
  let total = 0;
  let divergence = 0;
  for (let i = 0, at = 0; i < rows; ++i) {
    for (let j = i + 1; j < rows; ++j, ++at) {
      const q = similarity(i, j);
      total += q;
      if (pairs[at] > 0) divergence += pairs[at] * Math.log(pairs[at] / q);
    }
  }
  // Pairs are stored once and sum to one half, so q's normaliser, 2 total, comes out of the sum as its logarithm.
  return 2 * divergence + Math.log(2 * total);
}

/**
 * Gradient of the divergence for every coordinate, with the affinities multiplied by `exaggeration`: equation 5 of
 * van der Maaten & Hinton 2008, split into attraction and repulsion so that one pass over the pairs also finds the
 * normaliser. Reads `map` and writes `gradient`, both [n, 2]; `forces` is scratch space, [n, 4].
 */
export function divergenceGradient(
  {rows, pairs}: Affinities,
  map: Float64Array,
  exaggeration: number,
  gradient: Float64Array,
  forces: Float64Array
): void {
  forces.fill(0);
  let total = 0;
  // Two rows at a time, as every point and force that is read serves both; their own pair comes first.
  for (let i = 0; i < rows; i += 2) {
    const both = i + 1 < rows;
    let at = i * rows - (i * (i + 1)) / 2;
    let at2 = at + rows - i - 1;
    const x = map[2 * i];
    const y = map[2 * i + 1];
    const x2 = both ? map[2 * i + 2] : 0;
    const y2 = both ? map[2 * i + 3] : 0;
    let [pullX, pullY, pushX, pushY] = [0, 0, 0, 0];
    let [pullX2, pullY2, pushX2, pushY2] = [0, 0, 0, 0];
    if (both) {
      const q = 1 / (1 + (x - x2) ** 2 + (y - y2) ** 2);
      const pull = pairs[at++] * q;
      total += q;
      pullX = pull * (x - x2);
      pullY = pull * (y - y2);
      pushX = q * q * (x - x2);
      pushY = q * q * (y - y2);
      [pullX2, pullY2, pushX2, pushY2] = [-pullX, -pullY, -pushX, -pushY];
    }
    for (let j = i + 2; j < rows; ++j, ++at, ++at2) {
      const jx = map[2 * j];
      const jy = map[2 * j + 1];
      const dx = x - jx;
      const dy = y - jy;
      const dx2 = x2 - jx;
      const dy2 = y2 - jy;
      const q = 1 / (1 + dx * dx + dy * dy);
      const q2 = 1 / (1 + dx2 * dx2 + dy2 * dy2);
      const pull = pairs[at] * q;
      const pull2 = pairs[at2] * q2;
      const push = q * q;
      const push2 = q2 * q2;
      total += q + q2;
      pullX += pull * dx;
      pullY += pull * dy;
      pushX += push * dx;
      pushY += push * dy;
      pullX2 += pull2 * dx2;
      pullY2 += pull2 * dy2;
      pushX2 += push2 * dx2;
      pushY2 += push2 * dy2;
      forces[4 * j] -= pull * dx + pull2 * dx2;
      forces[4 * j + 1] -= pull * dy + pull2 * dy2;
      forces[4 * j + 2] -= push * dx + push2 * dx2;
      forces[4 * j + 3] -= push * dy + push2 * dy2;
    }
    add(forces, i, pullX, pullY, pushX, pushY);
    if (both) add(forces, i + 1, pullX2, pullY2, pushX2, pushY2);
  }
  for (let i = 0; i < rows; ++i) {
    gradient[2 * i] = 4 * (exaggeration * forces[4 * i] - forces[4 * i + 2] / (2 * total));
    gradient[2 * i + 1] = 4 * (exaggeration * forces[4 * i + 1] - forces[4 * i + 3] / (2 * total));
  }
}

function add(forces: Float64Array, i: number, pullX: number, pullY: number, pushX: number, pushY: number): void {
  forces[4 * i] += pullX;
  forces[4 * i + 1] += pullY;
  forces[4 * i + 2] += pushX;
  forces[4 * i + 3] += pushY;
}
