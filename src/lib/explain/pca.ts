import {dot} from "../support/dot.js";
import {UserError} from "../support/errors.js";
import {symmetricEigen} from "./eigen.js";
import {checkPoints, checkVaried} from "./points.js";

export interface Pca {
  /** Coordinates of the rows along the components. Shape [rows, components]. */
  scores: Float32Array;
  /** Share of the total variance along each component, largest first. Shape [components]. */
  explained: Float64Array;
  /** The mean that was subtracted. Shape [columns]. */
  mean: Float64Array;
  /** Unit loadings, one component per row; zeros beyond the data's rank. Shape [components, columns]. */
  loadings: Float32Array;
}

/** As many principal components as are asked for, or as features of that shape have. */
export const componentsOf = (rows: number, columns: number, wanted: number) => Math.min(wanted, rows - 1, columns);

/**
 * Principal components of row-major features (Jolliffe 2002), exact in float64: the eigenvectors of the smaller of the
 * covariance and the Gram matrix (Golub & Van Loan 2013). Deterministic: of each component the loading that is largest
 * in absolute value is positive.
 *
 * Gives min(rows - 1, columns) components where more are asked for: there are no others. Throws `UserError` for values
 * that are not finite, features that are all constant, a single row, and what is no number of components.
 */
export function pca(
  features: Float32Array,
  {rows, columns, components: wanted}: {rows: number; columns: number; components: number}
): Pca {
  if (features.length !== rows * columns) {
    throw new UserError(`Principal components: ${features.length} values do not make ${rows} x ${columns} features.`);
  }
  checkPoints(features, rows, "Principal components");
  const components = componentsOf(rows, columns, wanted);
  if (!Number.isInteger(wanted) || components < 1) {
    throw new UserError(`${wanted} principal components were asked of ${rows} rows of ${columns} features.`, {
      hint: "Ask for a whole number from 1, of two rows or more."
    });
  }
  checkVaried(features, columns, "Principal components");
  const {centred, mean} = centre(features, rows, columns);
  const wide = columns > rows;
  const side = wide ? rows : columns;
  const {values, vectors} = symmetricEigen(products(wide ? centred : transpose(centred, rows), side), side, components);
  const rank = values.findIndex((value) => value <= values[0] * side * Number.EPSILON);
  if (rank >= 0) values.fill(0, rank);

  const scores = new Float32Array(rows * components);
  const loadings = new Float32Array(components * columns);
  for (let c = 0; c < components && values[c] > 0; ++c) {
    const vector = vectors.subarray(c * side, (c + 1) * side);
    const loading = wide ? combineRows(centred, vector, columns) : vector;
    const scale = Math.sign(largest(loading)) / (wide ? Math.sqrt(values[c]) : 1);
    for (let j = 0; j < columns; ++j) loading[j] *= scale;
    loadings.set(loading, c * columns);
    for (let i = 0; i < rows; ++i)
      scores[i * components + c] = dot(centred.subarray(i * columns, (i + 1) * columns), loading);
  }
  const variance = dot(centred, centred);
  return {scores, explained: values.map((value) => value / variance), mean, loadings};
}

function centre(features: Float32Array, rows: number, columns: number) {
  const mean = new Float64Array(columns);
  const centred = new Float64Array(features);
  for (let at = 0; at < centred.length; ++at) mean[at % columns] += centred[at] / rows;
  for (let at = 0; at < centred.length; ++at) centred[at] -= mean[at % columns];
  return {centred, mean};
}

function transpose(values: Float64Array, rows: number): Float64Array {
  const columns = values.length / rows;
  const result = new Float64Array(values.length);
  for (let i = 0; i < rows; ++i) for (let j = 0; j < columns; ++j) result[j * rows + i] = values[i * columns + j];
  return result;
}

/** Scalar products of every pair of `count` vectors; lower triangle. Two by two, as each value read serves twice. */
function products(values: Float64Array, count: number): Float64Array {
  const length = values.length / count;
  const result = new Float64Array(count * count);
  for (let i = 0; i < count; i += 2) {
    for (let j = 0; j <= i; j += 2) {
      const a = i * length;
      const b = j * length;
      const a2 = i + 1 < count ? a + length : a;
      const b2 = j + 1 < count ? b + length : b;
      let ab = 0;
      let ab2 = 0;
      let a2b = 0;
      let a2b2 = 0;
      for (let k = 0; k < length; ++k) {
        const x = values[a + k];
        const y = values[b + k];
        const x2 = values[a2 + k];
        const y2 = values[b2 + k];
        ab += x * y;
        ab2 += x * y2;
        a2b += x2 * y;
        a2b2 += x2 * y2;
      }
      result[i * count + j] = ab;
      if (j + 1 < count) result[i * count + j + 1] = ab2;
      if (i + 1 < count) result[(i + 1) * count + j] = a2b;
      if (i + 1 < count && j + 1 < count) result[(i + 1) * count + j + 1] = a2b2;
    }
  }
  return result;
}

function combineRows(values: Float64Array, weights: Float64Array, columns: number): Float64Array {
  const sum = new Float64Array(columns);
  for (let i = 0; i < weights.length; ++i) {
    for (let j = 0, at = i * columns; j < columns; ++j, ++at) sum[j] += weights[i] * values[at];
  }
  return sum;
}

/** The first of the values that are largest in absolute value. */
function largest(values: Float64Array): number {
  let result = 0;
  for (const value of values) if (Math.abs(value) > Math.abs(result)) result = value;
  return result;
}
