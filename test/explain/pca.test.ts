import assert from "node:assert/strict";
import test from "node:test";
import {componentsOf, pca} from "../../src/lib/explain/pca.js";
import oracle from "../fixtures/oracles/embeddings.json" with {type: "json"};
import {near, uniform} from "./uniform.js";

test("components of more rows than columns equal scikit-learn's, up to the sign", () => {
  const {scores, explained, loadings} = pca(uniform(1, 240), {rows: 40, columns: 6, components: 4});
  const expected = [0.2650510704838283, 0.24121119661083074, 0.16978230847460102, 0.16125115707342363];
  expected.forEach((share, c) => near(explained[c], share));
  const first = [0.24922078320606034, -0.8848900374607891, -0.3829369009584266, 0.1631336530804443];
  first.forEach((score, c) => near(Math.abs(scores[c]), Math.abs(score), 1e-6));
  const loading = [
    0.3133221276764945, -0.34286825812598604, 0.4243510001740002, 0.3723556997133571, -0.06219405829102777,
    0.67947035441844
  ];
  loading.forEach((value, j) => near(loadings[j], value, 1e-6));
});

test("components of more columns than rows equal scikit-learn's, up to the sign", () => {
  const {scores, explained} = pca(uniform(3, 360), {rows: 12, columns: 30, components: 5});
  const expected = [
    0.1910861458559864, 0.16102840194105422, 0.14799969598582877, 0.12067697357093748, 0.09185020364405004
  ];
  expected.forEach((share, c) => near(explained[c], share));
  const first = [0.20870714424047643, -0.7226083060455937, 0.7513441241316482, -0.43783896705943576];
  first.forEach((score, c) => near(Math.abs(scores[c]), Math.abs(score), 1e-6));
});

for (const [rows, columns] of [
  [9, 7],
  [7, 9],
  [8, 8]
]) {
  test(`all components of ${rows} x ${columns} features give them back`, () => {
    const features = uniform(rows, rows * columns);
    const components = Math.min(rows - 1, columns);
    const {scores, explained, mean, loadings} = pca(features, {rows, columns, components});
    near(
      explained.reduce((sum, share) => sum + share, 0),
      1
    );
    features.forEach((value, at) => {
      const [i, j] = [Math.floor(at / columns), at % columns];
      let sum = mean[j];
      for (let c = 0; c < components; ++c) sum += scores[i * components + c] * loadings[c * columns + j];
      near(sum, value, 1e-5);
    });
  });

  test(`of each component of ${rows} x ${columns} features the largest loading is positive`, () => {
    const features = uniform(rows + 1, rows * columns);
    const flipped = features.map((value) => -value);
    const one = pca(features, {rows, columns, components: 4});
    const other = pca(flipped, {rows, columns, components: 4});
    for (let c = 0; c < 4; ++c) {
      const loading = one.loadings.subarray(c * columns, (c + 1) * columns);
      assert.equal(Math.max(...loading), Math.max(...loading.map(Math.abs)));
    }
    one.loadings.forEach((value, at) => near(other.loadings[at], value, 1e-6));
    one.scores.forEach((value, at) => near(other.scores[at], -value, 1e-6));
  });
}

test("components beyond the rank of the data are zero", () => {
  const features = Float32Array.from({length: 5 * 8}, (_, at) => Math.floor(at / 8) * ((at % 8) + 1));
  const {scores, explained, loadings} = pca(features, {rows: 5, columns: 8, components: 3});
  assert.deepEqual(
    Array.from(explained),
    [1, 0, 0].map((share, c) => (c ? share : explained[0]))
  );
  near(explained[0], 1);
  for (let i = 0; i < 5; ++i) assert.deepEqual(Array.from(scores.subarray(i * 3 + 1, i * 3 + 3)), [0, 0]);
  assert.ok(loadings.subarray(8).every((value) => value === 0));
});

test("where more components are asked for than there are, there are as many as there are", () => {
  for (const [rows, columns, most] of [
    [40, 64, 39],
    [40, 6, 6],
    [2, 9, 1]
  ]) {
    const features = uniform(7, rows * columns);
    const all = pca(features, {rows, columns, components: 1000});
    assert.deepEqual([all.explained.length, all.scores.length], [most, rows * most]);
    assert.deepEqual(all, pca(features, {rows, columns, components: most}));
    assert.equal(componentsOf(rows, columns, 1000), most);
  }
});

test("features that cannot have components are named", () => {
  const features = uniform(1, 12);
  const shape = {rows: 4, columns: 3, components: 2};
  assert.throws(() => pca(features, {...shape, rows: 5}), /12 values do not make 5 x 3/);
  for (const components of [1.5, 0, NaN]) {
    assert.throws(() => pca(features, {...shape, components}), {name: "UserError", message: /whole number from 1/});
  }
  assert.throws(() => pca(features, {rows: 1, columns: 12, components: 1}), {name: "UserError"});
  assert.throws(() => pca(new Float32Array(12).fill(0.1), shape), /all rows of features are the same/);
  assert.throws(() => pca(features.with(7, NaN), shape), /row 2, column 1 is NaN/);
});

test("scores, loadings and shares equal scikit-learn's, signs included", () => {
  for (const {data, ...expected} of [oracle.tall, oracle.wide]) {
    const [rows, columns, components] = [data.length, data[0].length, expected.explained.length];
    const {scores, loadings, explained} = pca(Float32Array.from(data.flat()), {rows, columns, components});
    expected.scores.flat().forEach((value, at) => near(scores[at], value, 1e-5));
    expected.loadings.flat().forEach((value, at) => near(loadings[at], value, 1e-6));
    expected.explained.forEach((value, c) => near(explained[c], value, 1e-6));
  }
});
