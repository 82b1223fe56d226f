import assert from "node:assert/strict";
import test from "node:test";
import {recorder} from "../../src/lib/explain/snapshots.js";

test("each map is kept centred, at its own scale, in a byte per coordinate", () => {
  const {record, result} = recorder(2);
  const map = Float64Array.of(1, 1, 3, 2);
  record(map);
  map.set([-1e-4, 0, 1e-4, 0]);
  record(map);
  assert.deepEqual([...result()], [1, 65, 255, 192, 1, 128, 255, 128]);
});

test("a map whose points are all in one place is all centre", () => {
  const {record, result} = recorder(2);
  record(Float64Array.of(5, 5, 5, 5));
  assert.deepEqual([...result()], [128, 128, 128, 128]);
});
