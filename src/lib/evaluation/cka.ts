import {UserError} from "../support/errors.js";

/** Features of some images, row-major [rows, columns]. */
export interface Features {
  values: ArrayLike<number>;
  columns: number;
}

/**
 * Linear centred kernel alignment of two representations of the same images (Kornblith et al. 2019): 1 where one is the
 * other rotated and scaled, near 0 where they have nothing in common; also of different widths. Exact, from the centred
 * Gram matrices of all images, without minibatches: time grows with rows^2 x columns. Throws `UserError` where the numbers
 * of images differ or a representation is the same for all images.
 */
export function linearCka(a: Features, b: Features): number {
  const [rowsA, rowsB] = [a, b].map(({values, columns}) => values.length / columns);
  if (rowsA !== rowsB) throw new UserError(`Features of ${rowsA} and of ${rowsB} images cannot be compared.`);
  const [gramA, gramB] = [a, b].map(({values, columns}) => centredGram(values, columns));
  return dot(gramA, gramB) / Math.sqrt(dot(gramA, gramA) * dot(gramB, gramB));
}

/** Inner products of all pairs of rows, after each column's mean is taken off. Shape [rows, rows]. */
function centredGram(values: ArrayLike<number>, columns: number): Float64Array {
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
  const gram = new Float64Array(rows * rows);
  for (let i = 0; i < rows; ++i) {
    for (let j = 0; j <= i; ++j) gram[i * rows + j] = gram[j * rows + i] = dot(rowsOf[i], rowsOf[j]);
  }
  return gram;
}

function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; ++i) sum += a[i] * b[i];
  return sum;
}
