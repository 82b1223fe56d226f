import {UserError} from "../support/errors.js";
import type {OnProgress} from "../support/progress.js";
import {normal, stream} from "../measures/random.js";
import {jointAffinities} from "./affinities.js";
import {divergenceGradient, exactKl} from "./divergence.js";
import {pca} from "./pca.js";
import {Quadtree} from "./quadtree.js";
import {sparseAffinities} from "./sparse-affinities.js";
import {sparseGradient, sparseKl} from "./sparse-divergence.js";

export interface TsneOptions {
  rows: number;
  /** The effective number of neighbours of a point; at most a third of the points. Default 50, the study's. */
  perplexity?: number;
  /** Default 750, as many as openTSNE takes. */
  iterations?: number;
  /** "exact": all pairs; "barnes-hut": neighbours and a quadtree; "auto": exact up to 2,000 points. */
  method?: "auto" | "exact" | "barnes-hut";
  /** "pca": the first two principal components, deterministic (Kobak & Berens 2019); "random": normal, by the seed. */
  init?: "pca" | "random";
  seed?: number;
  /** The factor on the affinities at first; see `lowered`. */
  earlyExaggeration?: number;
  /** "auto": a quarter of n over the present exaggeration, at least 50 (Belkina et al. 2019). */
  learningRate?: number | "auto";
  onProgress?: OnProgress;
  /** Receives the map every 25 iterations, to keep a copy of: shape [n, 2], not centred. */
  onSnapshot?: (map: Float64Array, iteration: number) => void;
}

export interface Embedding {
  /** One point per row, centred. Shape [n, 2]. */
  coordinates: Float32Array;
  /**
   * The Kullback-Leibler divergence of these coordinates from the affinities, in nats: exact, or exact but for the
   * affinities beyond the neighbours where there are too many points for all.
   */
  kl: number;
  iterations: number;
}

const exactUpTo = 2000;
const momentum = 0.8;
/** Iterations between two snapshots. */
export const snapshotEvery = 25;

/**
 * t-SNE in two dimensions. van der Maaten & Hinton 2008: gradient descent with momentum and adaptive gains on the
 * divergence between Gaussian affinities of the data and Student-t affinities of the map, in float64. `data` has shape
 * [n, columns]. Exact for few points, time and memory then grow with n squared; by Barnes and Hut's approximation (van
 * der Maaten 2014) for many, in memory that grows with n times perplexity. Deterministic.
 *
 * Throws `UserError` for fewer points than three times the perplexity, values that are not finite, points that are all
 * the same, or steps so large that the map diverges. Duplicates of a point end together.
 */
export function tsne(data: Float32Array, options: TsneOptions): Embedding {
  const {
    rows,
    perplexity = 50,
    iterations = 750,
    method = "auto",
    init = "pca",
    seed = 0,
    earlyExaggeration = 12,
    learningRate = "auto",
    onProgress,
    onSnapshot
  } = options;
  const rateAt = (exaggeration: number) =>
    learningRate === "auto" ? Math.max(rows / exaggeration / 4, 50) : learningRate;
  if (!Number.isInteger(iterations) || iterations < 1 || !(earlyExaggeration >= 1) || !(rateAt(1) > 0)) {
    throw new UserError(
      `t-SNE cannot run ${iterations} iterations at exaggeration ${earlyExaggeration} and learning ` +
        `rate ${learningRate}.`,
      {
        hint: "Use a whole number of iterations, an exaggeration of 1 or more and a positive rate: 750, 12 and 50, say."
      }
    );
  }
  const isExact = method === "auto" ? rows <= exactUpTo : method === "exact";
  const objective = (isExact ? allPairs : nearPairs)(data, {rows, perplexity});
  const map = init === "pca" ? pcaStart(data, rows) : randomStart(rows, seed);
  const exaggerationAt = lowered(earlyExaggeration, Math.min(250, Math.ceil(iterations / 6)));

  const gradient = new Float64Array(2 * rows);
  const velocity = new Float64Array(2 * rows);
  const gains = new Float64Array(2 * rows).fill(1);
  for (let iteration = 0; iteration < iterations; ++iteration) {
    const exaggeration = exaggerationAt(iteration);
    const rate = rateAt(exaggeration);
    objective.gradient(map, exaggeration, gradient);
    for (let at = 0; at < map.length; ++at) {
      // A gain grows while the point moves downhill and shrinks once it has overshot.
      gains[at] = gradient[at] * velocity[at] < 0 ? gains[at] + 0.2 : Math.max(gains[at] * 0.8, 0.01);
      velocity[at] = momentum * velocity[at] - rate * gains[at] * gradient[at];
      map[at] += velocity[at];
    }
    const done = iteration + 1;
    if (done % snapshotEvery === 0) onSnapshot?.(map, done);
    if (done % 50 === 0 || done === iterations) onProgress?.({done, total: iterations, unit: "iterations"});
  }

  const coordinates = Float32Array.from(centred(map));
  if (!coordinates.every(Number.isFinite)) {
    throw new UserError(`t-SNE diverged at learning rate ${learningRate}.`, {hint: 'Lower it, or leave it at "auto".'});
  }
  return {coordinates, kl: objective.kl(coordinates), iterations};
}

/** What t-SNE lowers: its gradient at an exaggeration, and its value. */
interface Objective {
  gradient(map: Float64Array, exaggeration: number, gradient: Float64Array): void;
  kl(coordinates: Float32Array): number;
}

function allPairs(data: Float32Array, options: {rows: number; perplexity: number}): Objective {
  const affinities = jointAffinities(data, options);
  const forces = new Float64Array(4 * options.rows);
  return {
    gradient: (map, exaggeration, gradient) => divergenceGradient(affinities, map, exaggeration, gradient, forces),
    kl: (coordinates) => exactKl(affinities, coordinates)
  };
}

function nearPairs(data: Float32Array, options: {rows: number; perplexity: number}): Objective {
  const affinities = sparseAffinities(data, options);
  const scratch = {tree: new Quadtree(options.rows), forces: new Float64Array(2 * options.rows)};
  return {
    gradient: (map, exaggeration, gradient) => sparseGradient(affinities, map, exaggeration, gradient, scratch),
    kl: (coordinates) => sparseKl(affinities, coordinates)
  };
}

/**
 * The factor on the affinities at an iteration: constant during the first `early` ones, as in the paper, then lowered
 * to 1 geometrically over as many. Dropping it at once freezes whatever arrangement the clusters are in; lowering it
 * lets them settle: at the study's size, starts then end within 2% of each other and at a lower divergence.
 */
const lowered = (factor: number, early: number) => (iteration: number) =>
  factor ** Math.min(1, Math.max(0, 2 - iteration / early));

const startingSpread = 1e-4;

/** The first two principal components, scaled so that the first has a standard deviation of 1e-4. */
function pcaStart(data: Float32Array, rows: number): Float64Array {
  const columns = data.length / rows;
  if (columns < 2) {
    throw new UserError("t-SNE of a single column cannot start from two components.", {hint: 'Use init: "random".'});
  }
  const {scores} = pca(data, {rows, columns, components: 2});
  let squares = 0;
  for (let i = 0; i < rows; ++i) squares += scores[2 * i] ** 2;
  return Float64Array.from(scores, (score) => (score * startingSpread) / Math.sqrt(squares / rows));
}

function randomStart(rows: number, seed: number): Float64Array {
  const random = stream(seed, "t-SNE");
  return Float64Array.from({length: 2 * rows}, () => normal(random) * startingSpread);
}

function centred(map: Float64Array): Float64Array {
  const n = map.length / 2;
  const mean = [0, 0];
  for (let at = 0; at < map.length; ++at) mean[at % 2] += map[at] / n;
  return map.map((value, at) => value - mean[at % 2]);
}
