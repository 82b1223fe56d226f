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
  for (let i = 0, at = 0; i < rows; ++i) {
    const x = map[2 * i];
    const y = map[2 * i + 1];
    let pullX = 0;
    let pullY = 0;
    let pushX = 0;
    let pushY = 0;
    for (let j = i + 1; j < rows; ++j, ++at) {
      const dx = x - map[2 * j];
      const dy = y - map[2 * j + 1];
      const q = 1 / (1 + dx * dx + dy * dy);
      const pull = pairs[at] * q;
      const push = q * q;
      total += q;
      pullX += pull * dx;
      pullY += pull * dy;
      pushX += push * dx;
      pushY += push * dy;
      forces[4 * j] -= pull * dx;
      forces[4 * j + 1] -= pull * dy;
      forces[4 * j + 2] -= push * dx;
      forces[4 * j + 3] -= push * dy;
    }
    forces[4 * i] += pullX;
    forces[4 * i + 1] += pullY;
    forces[4 * i + 2] += pushX;
    forces[4 * i + 3] += pushY;
  }
  for (let i = 0; i < rows; ++i) {
    gradient[2 * i] = 4 * (exaggeration * forces[4 * i] - forces[4 * i + 2] / (2 * total));
    gradient[2 * i + 1] = 4 * (exaggeration * forces[4 * i + 1] - forces[4 * i + 3] / (2 * total));
  }
}
