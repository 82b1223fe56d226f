import {UserError} from "../support/errors.js";
import type {OnProgress} from "../support/progress.js";
import {mostPerplexity} from "./affinities.js";
import {continuity, knnPurity, neighbourStability, trustworthiness} from "./map-quality.js";
import {nearestNeighbours} from "./neighbours.js";
import {procrustes} from "./procrustes.js";
import {recorder} from "./snapshots.js";
import {tsne} from "./tsne.js";

export interface AtlasOptions {
  /** The first is the one that all maps are aligned to, and whose optimisation is recorded. */
  perplexities: readonly number[];
  iterations: number;
  /** Of the random starts; a map that starts from principal components comes before them. At least one. */
  seeds: readonly number[];
  onProgress?: OnProgress;
}

/** How far a map can be trusted, by the `k` nearest neighbours of its points. */
export interface MapQuality {
  trustworthiness: number;
  continuity: number;
  /** The share of neighbours that are of a point's own class. */
  purity: number;
}

export interface AtlasMap extends MapQuality {
  /** Null: from the first two principal components. */
  seed: number | null;
  perplexity: number;
  /** Aligned to the first map. Shape [rows, 2]. */
  coordinates: Float32Array;
  /** Kullback-Leibler divergence, in nats. */
  kl: number;
  /** From the first map, after alignment: see `procrustes`. */
  disparity: number;
}

/** Neighbours that all measures count where there are points enough. */
export const neighbourCount = 10;

/** How many neighbours are counted among so many points: trustworthiness is defined for fewer than half of them. */
export const neighboursOf = (rows: number) => Math.min(neighbourCount, Math.ceil(rows / 2) - 1);

/** The perplexities that so many points allow: the largest possible one in place of larger ones, each once. */
export const perplexitiesOf = (rows: number, wanted: readonly number[]): number[] => [
  ...new Set(wanted.map((perplexity) => Math.min(perplexity, mostPerplexity(rows))))
];

/**
 * t-SNE maps of the same features at several perplexities from several starts, made comparable: aligned, and with what
 * says how much of them to believe. `features` are principal components, [rows, columns], the first of which vary most;
 * `labels` has an entry per row. Perplexities and the number of neighbours follow the number of points where that is
 * small.
 *
 * Throws `UserError` where `tsne` does, for fewer than four points and for features of a single column.
 */
export function atlas(features: Float32Array, labels: ArrayLike<number>, options: AtlasOptions) {
  const {iterations, seeds, onProgress} = options;
  const rows = labels.length;
  const [perplexities, k] = [perplexitiesOf(rows, options.perplexities), neighboursOf(rows)];
  const starts = [null, ...seeds];
  if (starts.length < 2) throw new UserError("Maps from one start show nothing of chance.", {hint: "Name a seed."});
  const total = perplexities.length * starts.length * iterations;
  const frames = recorder(rows);
  const maps: AtlasMap[] = [];
  for (const [number, perplexity] of perplexities.entries()) {
    for (const seed of starts) {
      const before = maps.length * iterations;
      const {coordinates, kl} = tsne(features, {
        rows,
        perplexity,
        iterations,
        ...(seed === null ? {init: "pca"} : {init: "random", seed}),
        onProgress: ({done, unit}) =>
          onProgress?.({done: before + done, total, unit, note: `perplexity ${perplexity}`}),
        onSnapshot: number === 0 && seed === null ? frames.record : undefined
      });
      const aligned = procrustes(coordinates, maps[0]?.coordinates ?? coordinates);
      maps.push({seed, perplexity, ...aligned, kl, ...quality(features, coordinates, labels)});
    }
  }
  const linear = Float32Array.from(
    {length: 2 * rows},
    (_, at) => features[(at >> 1) * (features.length / rows) + (at & 1)]
  );
  const stability = perplexities.map((perplexity) =>
    neighbourStability(
      maps.flatMap((map) => (map.perplexity === perplexity ? [map.coordinates] : [])),
      {rows, k}
    )
  );
  return {
    maps,
    /** One entry per perplexity and point: the share of neighbours that maps from two starts have in common. */
    stability,
    /** The first two principal components, as another map of the same features. */
    pca: {...procrustes(linear, maps[0].coordinates), ...quality(features, linear, labels)},
    /** Class purity in the features themselves. */
    purity: knnPurity(features, labels, k),
    /** The nearest points in the features. Shape [rows, neighbours]. */
    neighbours: nearestNeighbours(features, {rows, k}).indices,
    frames: frames.result()
  };
}

function quality(features: Float32Array, map: Float32Array, labels: ArrayLike<number>): MapQuality {
  const options = {rows: labels.length, k: neighboursOf(labels.length)};
  return {
    trustworthiness: trustworthiness(features, map, options),
    continuity: continuity(features, map, options),
    purity: knnPurity(map, labels, options.k)
  };
}
