import assert from "node:assert/strict";
import test from "node:test";
import {conditionalAffinities, jointAffinities} from "../../src/lib/explain/affinities.js";
import {near, uniform} from "./uniform.js";

const entropy = (p: Float64Array) => -p.reduce((sum, value) => sum + (value > 0 ? value * Math.log(value) : 0), 0);

test("the affinities of a point have the perplexity asked for, whatever the scale of the distances", () => {
  for (const scale of [1e-12, 1, 1e12]) {
    const distances = Float64Array.from(uniform(9, 100), (value) => value * scale);
    const p = new Float64Array(100);
    conditionalAffinities(distances, 17, 30, p);
    near(entropy(p), Math.log(30), 1e-5);
    near(
      p.reduce((sum, value) => sum + value, 0),
      1,
      1e-12
    );
    assert.equal(p[17], 0);
  }
});

test("a far cluster does not underflow the affinities", () => {
  const distances = Float64Array.from({length: 60}, (_, j) => 1e6 + j);
  const p = new Float64Array(60);
  conditionalAffinities(distances, 0, 10, p);
  near(entropy(p), Math.log(10), 1e-5);
});

test("more exact duplicates than the perplexity share all the probability", () => {
  const distances = Float64Array.from({length: 50}, (_, j) => (j <= 20 ? 0 : 1));
  const p = new Float64Array(50);
  conditionalAffinities(distances, 0, 5, p);
  for (let j = 1; j <= 20; ++j) near(p[j], 1 / 20);
  near(p[30], 0);
});

test("joint affinities equal the reference program's and sum to one half over the pairs", () => {
  const {pairs, rows} = jointAffinities(uniform(1, 240), {rows: 40, perplexity: 8});
  const pair = (i: number, j: number) => pairs[i * rows - (i * (i + 1)) / 2 + j - i - 1];
  near(pair(0, 1), 0.0009223137685301986, 1e-7);
  near(pair(3, 17), 9.335227148225933e-5, 1e-8);
  near(
    pairs.reduce((sum, value) => sum + value, 0),
    0.5,
    1e-12
  );
});

test("points that cannot be embedded are named", () => {
  const data = uniform(1, 60);
  assert.throws(() => jointAffinities(data, {rows: 30, perplexity: 11}), /between 2 and 10/);
  assert.throws(() => jointAffinities(data, {rows: 30, perplexity: NaN}), {name: "UserError"});
  assert.throws(() => jointAffinities(data, {rows: 7, perplexity: 2}), /60 values do not make 7 rows/);
  assert.throws(() => jointAffinities(data.with(3, NaN), {rows: 30, perplexity: 5}), /row 1, column 1 is NaN/);
  assert.throws(() => jointAffinities(new Float32Array(60).fill(2), {rows: 30, perplexity: 5}), /all rows/);
});
