import {pca} from "./pca.js";

/**
 * A normal distribution for each class, with one covariance: along some components, and the same in all other
 * directions.
 */
export interface ClassNormals {
  /** Of every class that has samples. Shape [k, columns]. */
  means: Float32Array;
  /** Unit vectors. Shape [components, columns]. */
  loadings: Float32Array;
  /** Along the components, within a class. Shape [components]. */
  variances: Float64Array;
  /** Along any direction across the components. */
  noise: number;
  columns: number;
}

export interface FitOptions {
  classes: number;
  /** At most half as many as there are rows. */
  components: number;
}

/**
 * Fits a normal distribution to each class's features, row-major [n, columns], with a covariance that the classes share
 * (Lee et al. 2018, arXiv:1807.03888). Of the covariance the largest principal components are kept and the rest is
 * taken to be the same in all directions, as in probabilistic principal component analysis (Tipping & Bishop 1999,
 * doi:10.1111/1467-9868.00196): what is unlike the samples often lies across their components. Throws `UserError` as
 * `pca`.
 */
export function fitClassNormals(
  features: Float32Array,
  labels: Int32Array,
  {classes, components}: FitOptions
): ClassNormals {
  const rows = labels.length;
  const columns = features.length / rows;
  const meanOf = classMeans(features, labels, classes, columns);
  const centred = features.map((value, at) => value - meanOf[labels[Math.floor(at / columns)]]![at % columns]);
  const {loadings, explained} = pca(centred, {rows, columns, components});
  const total = centred.reduce((sum, value) => sum + value * value, 0) / rows;
  const kept = explained.reduce((a, b) => a + b);
  return {
    means: Float32Array.from(meanOf.flatMap((mean) => Array.from(mean ?? []))),
    loadings,
    variances: explained.map((share) => share * total),
    noise: ((1 - kept) * total) / (columns - components),
    columns
  };
}

/** The mean of every class, null of one without samples. */
function classMeans(features: Float32Array, labels: Int32Array, classes: number, columns: number) {
  const counts = new Int32Array(classes);
  const sums = Array.from({length: classes}, () => new Float64Array(columns));
  labels.forEach((label, row) => {
    ++counts[label];
    for (let j = 0; j < columns; ++j) sums[label][j] += features[row * columns + j];
  });
  return sums.map((sum, k) => (counts[k] ? sum.map((value) => value / counts[k]) : null));
}

/** Mahalanobis distances of features, row-major [n, columns], to the nearest class's mean. Shape [n]. */
export function mahalanobis(features: Float32Array, normals: ClassNormals): Float32Array {
  const {columns, means} = normals;
  const difference = new Float64Array(columns);
  return Float32Array.from({length: features.length / columns}, (_, row) => {
    let nearest = Infinity;
    for (let mean = 0; mean < means.length; mean += columns) {
      for (let j = 0; j < columns; ++j) difference[j] = features[row * columns + j] - means[mean + j];
      nearest = Math.min(nearest, squaredLength(difference, normals));
    }
    return Math.sqrt(nearest);
  });
}

/** The square of a difference's length in standard deviations. */
function squaredLength(difference: Float64Array, {loadings, variances, noise, columns}: ClassNormals): number {
  let across = difference.reduce((sum, value) => sum + value * value, 0);
  let scaled = 0;
  variances.forEach((variance, c) => {
    let along = 0;
    for (let j = 0; j < columns; ++j) along += loadings[c * columns + j] * difference[j];
    scaled += along ** 2 / variance;
    across -= along ** 2;
  });
  return scaled + Math.max(0, across) / noise;
}
