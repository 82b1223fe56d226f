/**
 * The energy of images by their logits, row-major [n, classes]: high where no class fits (Liu et al. 2020,
 * arXiv:2010.03759).
 */
export const energy = (logits: Float32Array, classes: number): Float32Array =>
  Float32Array.from({length: logits.length / classes}, (_, row) => {
    const own = logits.subarray(row * classes, (row + 1) * classes);
    const most = own.reduce((a, b) => Math.max(a, b));
    return -(most + Math.log(own.reduce((sum, logit) => sum + Math.exp(logit - most), 0)));
  });

/**
 * Squared distances from images to their k-th nearest known one, of features of unit length, row-major [n, columns]
 * (Sun et al. 2022, arXiv:2204.06507).
 */
export function neighbourDistance(
  features: Float32Array,
  known: Float32Array,
  columns: number,
  k: number
): Float32Array {
  const [own, others] = [unit(features, columns), unit(known, columns)];
  return Float32Array.from({length: own.length / columns}, (_, row) => {
    const distances = Float64Array.from({length: others.length / columns}, (_, other) => {
      let product = 0;
      for (let j = 0; j < columns; ++j) product += own[row * columns + j] * others[other * columns + j];
      return 2 - 2 * product;
    });
    return distances.sort()[Math.min(k, distances.length) - 1];
  });
}

function unit(values: Float32Array, columns: number): Float32Array {
  const result = values.slice();
  for (let at = 0; at < values.length; at += columns) {
    const row = result.subarray(at, at + columns);
    const length = Math.sqrt(row.reduce((sum, value) => sum + value * value, 0)) || 1;
    row.forEach((value, j) => (row[j] = value / length));
  }
  return result;
}
