import assert from "node:assert/strict";
import {test} from "node:test";
import {firstPositions, pick, type Positions, type Rows, toPositions, toRows} from "../../src/lib/dataset/rows.js";
import type {Pixels} from "../../src/lib/dataset/types.js";

const rows = toRows([3, 5, 9]);
const positions = toPositions([2, 0]);

test("a row is no position, and neither is a bare array: the type check says so", () => {
  // @ts-expect-error Rows index no column.
  pick(rows, rows);
  // @ts-expect-error Positions are no rows.
  const wrong: Rows = positions;
  // @ts-expect-error Rows are no positions.
  const reversed: Positions = rows;
  // @ts-expect-error Numbers of which nobody has said what they are.
  const bare: Positions = Int32Array.of(0);
  // @ts-expect-error Images are named by rows.
  const pixels: Pixels = {size: 1, rows: positions, labels: new Int32Array(2), data: new Uint8Array(2)};
  assert.ok(wrong && reversed && bare && pixels);
});

test("positions pick what columns say of images, in their order, and rows stay rows", () => {
  const picked: Rows = pick(rows, positions);
  assert.deepEqual(picked, Int32Array.of(9, 3));
  assert.deepEqual(pick(Int32Array.of(0, 1, 1), positions), Int32Array.of(1, 0));
});

test("the first positions count from 0", () => {
  assert.deepEqual(firstPositions(3), Int32Array.of(0, 1, 2));
  assert.equal(firstPositions(0).length, 0);
});
