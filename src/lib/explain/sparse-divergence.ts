import type {Quadtree} from "./quadtree.js";
import type {SparseAffinities} from "./sparse-affinities.js";

/**
 * Kullback-Leibler divergence of a map from sparse affinities, in nats, float64; the normaliser is summed over all
 * pairs, not approximated. `coordinates` has shape [n, 2].
 */
export function sparseKl({rows, starts, columns, values}: SparseAffinities, coordinates: Float32Array): number {
  const similarity = (i: number, j: number) =>
    1 / (1 + (coordinates[2 * i] - coordinates[2 * j]) ** 2 + (coordinates[2 * i + 1] - coordinates[2 * j + 1]) ** 2);
  let total = 0;
  let divergence = 0;
  for (let i = 0; i < rows; ++i) {
    for (let j = i + 1; j < rows; ++j) total += similarity(i, j);
    for (let at = starts[i]; at < starts[i + 1]; ++at) {
      if (values[at] > 0) divergence += values[at] * Math.log(values[at] / similarity(i, columns[at]));
    }
  }
  return 2 * divergence + Math.log(2 * total);
}

/** How coarse the repulsion may be: the value of van der Maaten 2014, which other programs use too. */
const theta = 0.5;

/**
 * The gradient of `divergenceGradient` with attraction among neighbours only and repulsion by a quadtree: Barnes-Hut
 * t-SNE, van der Maaten 2014. Reads `map` and writes `gradient`, both [n, 2]; the tree and `forces`, [n, 2], are
 * scratch.
 */
export function sparseGradient(
  {rows, starts, columns, values}: SparseAffinities,
  map: Float64Array,
  exaggeration: number,
  gradient: Float64Array,
  {tree, forces}: {tree: Quadtree; forces: Float64Array}
): void {
  tree.build(map);
  const total = tree.repel(theta, forces);
  for (let at = 0; at < forces.length; ++at) gradient[at] = (-4 * forces[at]) / total;
  const scale = 4 * exaggeration;
  for (let i = 0; i < rows; ++i) {
    const x = map[2 * i];
    const y = map[2 * i + 1];
    let pullX = 0;
    let pullY = 0;
    for (let at = starts[i], end = starts[i + 1]; at < end; ++at) {
      const j = 2 * columns[at];
      const dx = x - map[j];
      const dy = y - map[j + 1];
      const pull = (scale * values[at]) / (1 + dx * dx + dy * dy);
      pullX += pull * dx;
      pullY += pull * dy;
      gradient[j] -= pull * dx;
      gradient[j + 1] -= pull * dy;
    }
    gradient[2 * i] += pullX;
    gradient[2 * i + 1] += pullY;
  }
}
