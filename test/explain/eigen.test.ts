import assert from "node:assert/strict";
import test from "node:test";
import {EigenvalueDecomposition, Matrix} from "ml-matrix";
import {symmetricEigen} from "../../src/lib/explain/eigen.js";
import {near, uniform} from "./uniform.js";

function symmetric(seed: number, n: number): Float64Array {
  const half = uniform(seed, n * n);
  return Float64Array.from(half, (value, at) => value + half[(at % n) * n + Math.floor(at / n)] - 1);
}

/** Largest error of A x = lambda x and of the vectors' scalar products, over all vectors. */
function worst(matrix: Float64Array, n: number, {values, vectors}: ReturnType<typeof symmetricEigen>): number {
  const row = (c: number) => vectors.subarray(c * n, (c + 1) * n);
  const dot = (a: Float64Array, b: Float64Array) => a.reduce((sum, value, k) => sum + value * b[k], 0);
  let error = 0;
  for (let c = 0; c < values.length; ++c) {
    for (let i = 0; i < n; ++i) {
      const product = dot(matrix.subarray(i * n, (i + 1) * n), row(c));
      error = Math.max(error, Math.abs(product - values[c] * row(c)[i]));
    }
    for (let other = 0; other <= c; ++other) {
      error = Math.max(error, Math.abs(dot(row(c), row(other)) - Number(c === other)));
    }
  }
  return error;
}

for (const n of [1, 2, 3, 10, 41]) {
  test(`eigenvalues of a ${n} x ${n} matrix equal ml-matrix's and their vectors are orthonormal`, () => {
    const matrix = symmetric(n, n);
    const found = symmetricEigen(matrix.slice(), n, n);
    const oracle = new EigenvalueDecomposition(Matrix.from1DArray(n, n, matrix), {assumeSymmetric: true});
    const expected = [...oracle.realEigenvalues].sort((a, b) => b - a);
    expected.forEach((value, c) => near(found.values[c], value, 1e-12 * n));
    assert.ok(worst(matrix, n, found) < 1e-12 * n);
  });
}

test("repeated eigenvalues get orthonormal vectors", () => {
  const n = 12;
  const x = uniform(5, n);
  const length = x.reduce((sum, value) => sum + value * value, 0);
  const projection = Float64Array.from({length: n * n}, (_, at) => {
    const [i, j] = [Math.floor(at / n), at % n];
    return Number(i === j) - (x[i] * x[j]) / length;
  });
  const found = symmetricEigen(projection.slice(), n, n);
  near(found.values[0], 1, 1e-12);
  near(found.values[n - 2], 1, 1e-12);
  near(found.values[n - 1], 0, 1e-12);
  assert.ok(worst(projection, n, found) < 1e-12);
});

test("a diagonal matrix and a matrix of zeros need no rotation", () => {
  assert.deepEqual(symmetricEigen(Float64Array.of(2, 0, 0, 0, 5, 0, 0, 0, 3), 3, 2), {
    values: Float64Array.of(5, 3),
    vectors: Float64Array.of(0, 1, 0, 0, 0, 1)
  });
  assert.deepEqual(symmetricEigen(new Float64Array(9), 3, 3).values, new Float64Array(3));
});
