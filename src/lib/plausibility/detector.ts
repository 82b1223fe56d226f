import {type ClassNormals, fitClassNormals, mahalanobis} from "../explain/mahalanobis.js";
import {pca} from "../explain/pca.js";
import {fitLogistic} from "./logistic.js";

/** What tells from features whether an image is like a network's training images. */
export interface Detector {
  /** Of the training images' features, by which all are standardised. */
  mean: Float32Array;
  deviation: Float32Array;
  /** Normal distributions of the training images' standardised features, one for each class. */
  normals: ClassNormals;
  /** A linear function of standardised features for unaltered images and then for each kind of altered ones. */
  altered: {kinds: readonly string[]; kernel: Float32Array; bias: Float32Array};
}

/** What a detector says of one image. */
export interface Scores {
  /** Mahalanobis distance to the nearest class. */
  distance: number;
  /** Logarithm of the odds that it is an altered radiograph and no upright frontal one. */
  odds: number;
  /** The kind of alteration that is likeliest. */
  kind: string;
}

/** Features, row-major [n, columns], and each row's class, or, of altered images, the place of its kind. */
export interface Samples {
  features: Float32Array;
  labels: Int32Array;
}

export interface DetectorOptions {
  classes: number;
  kinds: readonly string[];
  /** Principal components along which the normal distributions have variances of their own. */
  components: number;
  /** Principal components of unaltered and altered images together that tell these apart. */
  basis: number;
  /** See `fitLogistic`. */
  penalty: number;
}

/** Rows at most whose principal components are sought: the time grows with the third power. */
const mostRows = 2000;
/**
 * Standardised features beyond are cut off, so that one that hardly varies in training does not outweigh all others.
 */
const clip = 8;

/**
 * Fits both halves of a detector: distances to the training images (Lee et al. 2018, arXiv:1807.03888, on several
 * layers at once), which need no example of what else there is, and a classifier of altered ones (as Hendrycks et al.
 * 2019, arXiv:1812.04606, learn from outliers), for a negative or a turned radiograph is not far from others. Throws
 * `UserError` as `pca`.
 */
export function fitDetector(known: Samples, altered: Samples, options: DetectorOptions): Detector {
  const {classes, kinds, components} = options;
  const columns = known.features.length / known.labels.length;
  const scale = scaleOf(known.features, columns);
  const [inside, outside] = [known, altered].map(({features}) => standardise(features, scale));
  const most = Math.floor(known.labels.length / 2);
  const normals = fitClassNormals(inside, known.labels, {classes, components: Math.min(components, most)});
  return {...scale, normals, altered: {kinds, ...fitAltered(inside, outside, altered.labels, columns, options)}};
}

/** The mean and deviation of every column; one that varies much less than most counts as varying a little. */
function scaleOf(features: Float32Array, columns: number): Pick<Detector, "mean" | "deviation"> {
  const rows = features.length / columns;
  const [sums, squares] = [new Float64Array(columns), new Float64Array(columns)];
  features.forEach((value, at) => (sums[at % columns] += value / rows));
  features.forEach((value, at) => (squares[at % columns] += (value - sums[at % columns]) ** 2 / rows));
  const deviation = squares.map(Math.sqrt);
  const least = 0.05 * deviation.toSorted()[columns >> 1] || 1e-6;
  return {mean: Float32Array.from(sums), deviation: Float32Array.from(deviation, (value) => Math.max(value, least))};
}

function standardise(features: Float32Array, {mean, deviation}: Pick<Detector, "mean" | "deviation">): Float32Array {
  const columns = mean.length;
  const result = new Float32Array(features.length);
  for (let at = 0, j = 0; at < features.length; ++at, j = j + 1 < columns ? j + 1 : 0) {
    result[at] = Math.max(-clip, Math.min(clip, (features[at] - mean[j]) / deviation[j]));
  }
  return result;
}

/** Logistic regression along principal components, written as a function of the standardised features themselves. */
function fitAltered(
  inside: Float32Array,
  outside: Float32Array,
  labels: Int32Array,
  columns: number,
  {kinds, basis, penalty}: DetectorOptions
): {kernel: Float32Array; bias: Float32Array} {
  const all = new Float32Array(inside.length + outside.length);
  all.set(inside);
  all.set(outside, inside.length);
  const rows = all.length / columns;
  const some = everyFew(all, columns, Math.ceil(rows / mostRows));
  const count = Math.min(basis, Math.floor(some.length / columns / 2));
  const {loadings, mean, explained} = pca(some, {rows: some.length / columns, columns, components: count});
  const total = some.reduce((sum, value, at) => sum + (value - mean[at % columns]) ** 2, 0) / (some.length / columns);
  // Directions without variance say nothing.
  const scales = explained.map((share) => (share > 0 ? 1 / Math.sqrt(share * total) : 0));
  const white = new Float32Array(rows * count);
  for (let row = 0; row < rows; ++row) {
    for (let c = 0; c < count; ++c) {
      let sum = 0;
      for (let j = 0; j < columns; ++j) sum += (all[row * columns + j] - mean[j]) * loadings[c * columns + j];
      white[row * count + c] = sum * scales[c];
    }
  }
  const classes = kinds.length + 1;
  const targets = new Int32Array(rows);
  targets.set(
    labels.map((kind) => kind + 1),
    inside.length / columns
  );
  const {kernel, bias} = fitLogistic(white, targets, {columns: count, classes, penalty});
  const own = new Float32Array(classes * columns);
  const shifted = Float32Array.from(bias);
  for (let k = 0; k < classes; ++k) {
    for (let c = 0; c < count; ++c) {
      const weight = kernel[k * count + c] * scales[c];
      for (let j = 0; j < columns; ++j) own[k * columns + j] += weight * loadings[c * columns + j];
    }
    for (let j = 0; j < columns; ++j) shifted[k] -= own[k * columns + j] * mean[j];
  }
  return {kernel: own, bias: shifted};
}

/** Every so many of the rows. */
function everyFew(values: Float32Array, columns: number, step: number): Float32Array {
  const rows = Math.ceil(values.length / columns / step);
  const some = new Float32Array(rows * columns);
  for (let i = 0; i < rows; ++i) some.set(values.subarray(i * step * columns, (i * step + 1) * columns), i * columns);
  return some;
}

/** What a detector says of images by their features, row-major [n, columns]. */
export function scoresOf(features: Float32Array, detector: Detector): Scores[] {
  const standard = standardise(features, detector);
  const columns = detector.mean.length;
  const {kinds, kernel, bias} = detector.altered;
  return Array.from(mahalanobis(standard, detector.normals), (distance, row) => {
    const logits = Array.from(bias, (value, k) => {
      let sum = value;
      for (let j = 0; j < columns; ++j) sum += kernel[k * columns + j] * standard[row * columns + j];
      return sum;
    });
    const others = logits.slice(1);
    const most = Math.max(...others);
    const total = most + Math.log(others.reduce((sum, logit) => sum + Math.exp(logit - most), 0));
    return {distance, odds: total - logits[0], kind: kinds[others.indexOf(most)]};
  });
}
