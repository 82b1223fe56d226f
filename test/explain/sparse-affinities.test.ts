import assert from "node:assert/strict";
import test from "node:test";
import {jointAffinities} from "../../src/lib/explain/affinities.js";
import {sparseAffinities} from "../../src/lib/explain/sparse-affinities.js";
import {near, uniform} from "./uniform.js";

const rows = 40;
const data = uniform(1, 240);

test("with every point a neighbour, sparse affinities equal those of all pairs", () => {
  const {pairs} = jointAffinities(data, {rows, perplexity: 13});
  const {starts, columns, values} = sparseAffinities(data, {rows, perplexity: 13});
  assert.equal(values.length, pairs.length);
  for (let i = 0; i < rows; ++i) {
    for (let at = starts[i]; at < starts[i + 1]; ++at) {
      near(values[at], pairs[i * rows - (i * (i + 1)) / 2 + columns[at] - i - 1], 1e-7);
    }
  }
});

test("each pair is stored once, by its smaller end, and they sum to one half", () => {
  const {starts, columns, values} = sparseAffinities(data, {rows, perplexity: 4});
  const seen = new Set<number>();
  for (let i = 0; i < rows; ++i) {
    for (let at = starts[i]; at < starts[i + 1]; ++at) {
      assert.ok(columns[at] > i && !seen.has(i * rows + columns[at]));
      seen.add(i * rows + columns[at]);
    }
  }
  near(
    values.reduce((sum, value) => sum + value, 0),
    0.5,
    1e-12
  );
  assert.ok(seen.size <= rows * 12 && seen.size >= rows * 6, "of 12 neighbours, some are mutual");
});

test("points that cannot be embedded are named", () => {
  assert.throws(() => sparseAffinities(data, {rows, perplexity: 14}), /between 2 and 13/);
  assert.throws(() => sparseAffinities(data.with(3, NaN), {rows, perplexity: 5}), /row 0, column 3 is NaN/);
  assert.throws(() => sparseAffinities(new Float32Array(240).fill(2), {rows, perplexity: 5}), /all rows/);
});
