import assert from "node:assert/strict";
import {test} from "node:test";
import {describeFilters, difference} from "../../../src/report/networks/filters.js";

test("a change is told by its angle and its length", () => {
  assert.deepEqual(difference(Float32Array.of(3, 4), Float32Array.of(6, 8)), {cosine: 1, change: 1});
  assert.deepEqual(difference(Float32Array.of(1, 0), Float32Array.of(0, 1)), {cosine: 0, change: 1.41421});
  assert.deepEqual(difference(Float32Array.of(1, 2), Float32Array.of(1, 2)), {cosine: 1, change: 0});
  assert.deepEqual(difference(Float32Array.of(0, 0), Float32Array.of(0, 0)), {cosine: 0, change: 0});
});

test("each filter becomes a pair of pictures on one scale, grey where it is zero", () => {
  // Two filters of one pixel: the first halves, the second turns from red to green.
  const before = Float32Array.of(2, 1, -1, 0, 0, 0);
  const after = Float32Array.of(1, 0, -0.5, 1, 0, 0);
  const {layer, size, filters} = describeFilters({layer: "conv1", shape: [1, 1, 3, 2], before, after});
  const bytes = (pixels: string) => [...Buffer.from(pixels, "base64")];
  assert.deepEqual([layer, size, filters.length], ["conv1", 1, 2]);
  assert.deepEqual(bytes(filters[0].before), [255, 65, 128]);
  assert.deepEqual(bytes(filters[0].after), [192, 96, 128]);
  assert.deepEqual(
    [bytes(filters[1].before), bytes(filters[1].after)],
    [
      [255, 128, 128],
      [128, 255, 128]
    ]
  );
  assert.deepEqual([filters[0].cosine, filters[0].change], [1, 0.5]);
  assert.deepEqual([filters[1].cosine, filters[1].change], [0, 1.41421]);
});

test("a filter of nothing but zeros is grey", () => {
  const zeros = new Float32Array(3);
  const {filters} = describeFilters({layer: "conv1", shape: [1, 1, 3, 1], before: zeros, after: zeros});
  assert.deepEqual([...Buffer.from(filters[0].before, "base64")], [128, 128, 128]);
});
