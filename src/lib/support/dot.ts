/** The dot product of two vectors of the same length. */
export function dot<T extends Float32Array | Float64Array>(a: T, b: T): number {
  let sum = 0;
  for (let i = 0; i < a.length; ++i) sum += a[i] * b[i];
  return sum;
}
