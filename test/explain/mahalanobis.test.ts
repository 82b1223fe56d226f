import assert from "node:assert/strict";
import {test} from "node:test";
import {inverse, Matrix} from "ml-matrix";
import {fitClassNormals, mahalanobis} from "../../src/lib/explain/mahalanobis.js";
import {mulberry32, normal} from "../../src/lib/measures/random.js";

const random = mulberry32(2);
const columns = 4;
const scales = [3, 2, 1, 0.5];

/** Rows about the means [0, 0, 0, 0] and [9, 9, 9, 9] in turn. */
function draw(rows: number) {
  const labels = Int32Array.from({length: rows}, (_, i) => i % 2);
  const features = Float32Array.from(
    {length: rows * columns},
    (_, at) => 9 * labels[Math.floor(at / columns)] + scales[at % columns] * normal(random)
  );
  return {features, labels};
}

test("with all but one component it is the distance by the classes' common covariance", () => {
  const {features, labels} = draw(60);
  const rows = Array.from(labels, (_, i) => Array.from(features.subarray(i * columns, (i + 1) * columns)));
  const means = [0, 1].map((label) =>
    Matrix.rowVector(new Matrix(rows.filter((_, i) => i % 2 === label)).mean("column"))
  );
  const centred = new Matrix(rows.map((row, i) => Matrix.sub(Matrix.rowVector(row), means[labels[i]]).to1DArray()));
  const precision = inverse(centred.transpose().mmul(centred).div(60));
  const normals = fitClassNormals(features, labels, {classes: 2, components: columns - 1});
  const distances = mahalanobis(features, normals);
  rows.forEach((row, i) => {
    const squares = means.map((mean) => {
      const difference = Matrix.sub(Matrix.rowVector(row), mean);
      return difference.mmul(precision).mmul(difference.transpose()).get(0, 0);
    });
    assert.ok(Math.abs(distances[i] - Math.sqrt(Math.min(...squares))) < 1e-4, `row ${i}`);
  });
});

test("with few components a point across them is still far, and one between the classes too", () => {
  const {features, labels} = draw(400);
  const normals = fitClassNormals(features, labels, {classes: 2, components: 2});
  assert.ok(Math.abs(normals.noise - (1 + 0.25) / 2) < 0.1, `the mean variance of the rest, not ${normals.noise}`);
  const [centre, across, between] = mahalanobis(
    Float32Array.from([...[0, 0, 0, 0], ...[0, 0, 0, 20], ...[4.5, 4.5, 4.5, 4.5]]),
    normals
  );
  assert.ok(centre < 0.5 && across > 19 && between > 4, `${[centre, across, between]}`);
});

test("a class without samples has no mean and takes nothing in", () => {
  const {features, labels} = draw(40);
  const two = fitClassNormals(features, labels, {classes: 2, components: 2});
  const three = fitClassNormals(features, labels, {classes: 3, components: 2});
  assert.deepEqual(three, two);
});
