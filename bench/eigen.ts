import {EigenvalueDecomposition, Matrix} from "ml-matrix";
import {symmetricEigen} from "../src/lib/explain/eigen.js";
import {mulberry32, normal} from "../src/lib/measures/random.js";

/** Times 50 eigenvectors of a matrix of products, as large as the test images are many, beside those of ml-matrix. */
export function benchEigen(n: number): void {
  const random = mulberry32(1);
  const points = new Matrix(Array.from({length: n}, () => Array.from({length: 256}, () => normal(random))));
  const products = points.mmul(points.transpose());
  const flat = Float64Array.from(products.to1DArray());
  const timed = (name: string, run: () => unknown) => {
    const begin = performance.now();
    run();
    console.log(`${name}: ${((performance.now() - begin) / 1000).toFixed(2)} s`);
  };
  timed("ours", () => symmetricEigen(flat, n, 50));
  timed("ml-matrix", () => new EigenvalueDecomposition(products, {assumeSymmetric: true}));
}
