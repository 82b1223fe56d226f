import assert from "node:assert/strict";
import test from "node:test";
import {nearestNeighbours} from "../../src/lib/explain/neighbours.js";
import {squaredDistances} from "../../src/lib/explain/points.js";
import {uniform} from "./uniform.js";

test("the nearest neighbours are those of a full sort, to the bit", () => {
  const rows = 90;
  const columns = 20;
  const data = uniform(5, rows * columns);
  const {indices, distances} = nearestNeighbours(data, {rows, k: 7});
  const all = new Float64Array(rows);
  for (let i = 0; i < rows; ++i) {
    squaredDistances(data, columns, i, all);
    const others = Array.from(all.keys()).filter((j) => j !== i);
    const expected = others.sort((a, b) => all[a] - all[b] || a - b).slice(0, 7);
    assert.deepEqual([...indices.subarray(7 * i, 7 * i + 7)], expected);
    assert.deepEqual(
      [...distances.subarray(7 * i, 7 * i + 7)],
      expected.map((j) => all[j])
    );
  }
});

test("among duplicates the point listed first comes first, and never the point itself", () => {
  const {indices, distances} = nearestNeighbours(new Float32Array(8), {rows: 4, k: 3});
  assert.deepEqual([...indices], [1, 2, 3, 0, 2, 3, 0, 1, 3, 0, 1, 2]);
  assert.ok(distances.every((distance) => distance === 0));
});

test("all other points can be asked for and no more", () => {
  const data = uniform(1, 10);
  assert.equal(nearestNeighbours(data, {rows: 5, k: 4}).indices.length, 20);
  for (const k of [0, 5, 1.5]) {
    assert.throws(() => nearestNeighbours(data, {rows: 5, k}), {name: "UserError", hint: /between 1 and 4/});
  }
  assert.throws(() => nearestNeighbours(data.with(3, NaN), {rows: 5, k: 1}), /row 1, column 1 is NaN/);
});
