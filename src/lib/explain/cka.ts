import {dot} from "../support/dot.js";
import {UserError} from "../support/errors.js";

/** Features of some images, row-major [rows, columns]. */
export interface Features {
  values: ArrayLike<number>;
  columns: number;
}

/**
 * Linear centred kernel alignment of two representations of the same images (Kornblith et al. 2019, arXiv:1905.00414),
 * also of different widths: 1 where one is the other rotated, scaled and shifted, about 0 where they have nothing in
 * common. The estimator of HSIC is the unbiased one (Song et al. 2012; for CKA: Nguyen et al. 2021, arXiv:2010.15327):
 * with the plain one, unrelated features come out alike as soon as there are as many columns as images. It may be
 * slightly below 0. Exact, from the Gram matrices of all images, without minibatches: time grows with rows^2 x columns.
 * @throws UserError where the numbers of images differ or are below 4, or all images have the same features
 */
export function linearCka(a: Features, b: Features): number {
  const [rowsA, rowsB] = [a, b].map(({values, columns}) => values.length / columns);
  if (rowsA !== rowsB) throw new UserError(`Features of ${rowsA} and of ${rowsB} images cannot be compared.`);
  if (rowsA < 4) throw new UserError(`The CKA of ${rowsA} images cannot be estimated: it takes 4 or more.`);
  const [gramA, gramB] = [a, b].map(({values, columns}) => gram(values, columns));
  return hsic(gramA, gramB) / Math.sqrt(hsic(gramA, gramA) * hsic(gramB, gramB));
}

/**
 * The unbiased estimate of the Hilbert-Schmidt independence criterion (Song et al. 2012, equation 5), but for the
 * factor 1 / n(n - 3) that a ratio of three does not need. The matrices are symmetric with zeros on the diagonal.
 */
function hsic(k: Float64Array, l: Float64Array): number {
  const n = Math.sqrt(k.length);
  const [sumsK, sumsL] = [k, l].map((matrix) => rowSums(matrix, n));
  const [totalK, totalL] = [sumsK, sumsL].map((sums) => sums.reduce((a, b) => a + b));
  return dot(k, l) + (totalK * totalL) / ((n - 1) * (n - 2)) - (2 / (n - 2)) * dot(sumsK, sumsL);
}

const rowSums = (matrix: Float64Array, n: number) =>
  Float64Array.from({length: n}, (_, i) => matrix.subarray(i * n, (i + 1) * n).reduce((a, b) => a + b));

/**
 * Inner products of all pairs of different rows, after each column's mean is taken off, which keeps them exact. Shape
 * [rows, rows].
 */
function gram(values: ArrayLike<number>, columns: number): Float64Array {
  const rows = values.length / columns;
  const centred = Float64Array.from(values);
  for (let column = 0; column < columns; ++column) {
    let sum = 0;
    for (let at = column; at < centred.length; at += columns) sum += centred[at];
    for (let at = column; at < centred.length; at += columns) centred[at] -= sum / rows;
  }
  const variance = dot(centred, centred);
  // What is left of equal values is rounding.
  if (!(variance > 1e-24 * Float64Array.from(values).reduce((sum, value) => sum + value ** 2, 0))) {
    throw new UserError("The features of all images are the same, or not numbers: they have no CKA.");
  }
  const rowsOf = Array.from({length: rows}, (_, i) => centred.subarray(i * columns, (i + 1) * columns));
  const products = new Float64Array(rows * rows);
  for (let i = 0; i < rows; ++i) {
    for (let j = 0; j < i; ++j) products[i * rows + j] = products[j * rows + i] = dot(rowsOf[i], rowsOf[j]);
  }
  return products;
}
