import assert from "node:assert/strict";
import {test} from "node:test";
import {toRows} from "../../src/lib/dataset/rows.js";
import {greyValues, imageMetadata} from "../../src/lib/dataset/trivial-features.js";
import type {SplitInventory} from "../../src/lib/dataset/types.js";

const pixels = {
  size: 2,
  rows: toRows(Int32Array.of(5, 9)),
  labels: Int32Array.of(0, 1),
  data: Uint8Array.of(0, 255, 0, 255, 51, 51, 51, 51)
};

test("grey values are shares of white", () => {
  const {values, columns} = greyValues(pixels);
  assert.equal(columns, 4);
  assert.deepEqual([...values], [...Float32Array.of(0, 1, 0, 1, 0.2, 0.2, 0.2, 0.2)]);
});

test("metadata are aspect ratio, logarithm of the size and mean brightness, found by row", () => {
  const inventory = {
    rows: toRows(Int32Array.of(9, 7, 5)),
    width: Int32Array.of(100, 1, 300),
    height: Int32Array.of(200, 1, 100)
  } as SplitInventory;
  const {values, columns} = imageMetadata(pixels, inventory);
  assert.equal(columns, 3);
  assert.deepEqual([...values], [...Float32Array.of(3, Math.log(30_000), 0.5, 0.5, Math.log(20_000), 0.2)]);
});
