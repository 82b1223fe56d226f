import assert from "node:assert/strict";
import test from "node:test";
import {knnPurity, trustworthiness} from "../../src/lib/explain/map-quality.js";
import {near, uniform} from "./uniform.js";

const rows = 40;
const data = uniform(1, 240);

test("trustworthiness equals scikit-learn's", () => {
  const unrelated = uniform(2, 2 * rows);
  const firstTwo = Float32Array.from({length: 2 * rows}, (_, at) => data[Math.floor(at / 2) * 6 + (at % 2)]);
  near(trustworthiness(data, unrelated, {rows, k: 1}), 0.5763157894736842);
  near(trustworthiness(data, unrelated, {rows, k: 5}), 0.530625);
  near(trustworthiness(data, firstTwo, {rows, k: 10}), 0.7755102040816326);
});

test("the data themselves are a map to be trusted", () => {
  assert.equal(trustworthiness(data, data, {rows}), 1);
});

test("neighbour purity equals scikit-learn's", () => {
  near(
    knnPurity(
      data,
      Array.from({length: rows}, (_, i) => i % 3),
      5
    ),
    0.31
  );
});

test("a point is not its own neighbour, even among duplicates", () => {
  assert.equal(knnPurity(Float32Array.of(0, 0, 5, 5), [0, 1, 0, 1], 1), 0);
  assert.equal(knnPurity(Float32Array.of(0, 0, 5, 5), [0, 0, 1, 1], 1), 1);
});

test("a number of neighbours that the points do not have is refused", () => {
  assert.throws(() => trustworthiness(data, data, {rows, k: 20}), /between 1 and 19/);
  assert.throws(() => knnPurity(data, new Uint8Array(rows), 40), /between 1 and 39/);
  assert.throws(() => knnPurity(data, new Uint8Array(rows), 0), {name: "UserError"});
  assert.throws(() => knnPurity(data.with(0, Infinity), new Uint8Array(rows)), /row 0, column 0 is Infinity/);
});
