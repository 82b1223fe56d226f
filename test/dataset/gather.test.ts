import assert from "node:assert/strict";
import test from "node:test";
import {gather} from "../../src/lib/dataset/gather.js";
import {toPositions, toRows} from "../../src/lib/dataset/rows.js";

test("gather copies images together with their rows and labels", () => {
  const pixels = {
    size: 2,
    rows: toRows(Int32Array.of(4, 5, 7)),
    labels: Int32Array.of(0, 1, 2),
    data: Uint8Array.of(0, 0, 0, 0, 1, 2, 3, 4, 9, 9, 9, 9)
  };
  assert.deepEqual(gather(pixels, toPositions([2, 1, 1])), {
    size: 2,
    rows: toRows(Int32Array.of(7, 5, 5)),
    labels: Int32Array.of(2, 1, 1),
    data: Uint8Array.of(9, 9, 9, 9, 1, 2, 3, 4, 1, 2, 3, 4)
  });
});
