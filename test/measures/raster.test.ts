import assert from "node:assert/strict";
import {test} from "node:test";
import {centred, upsample} from "../../src/lib/measures/raster.js";

test("a map keeps its values at the centres of its cells and is linear between them", () => {
  const out = upsample([0, 3, 6, 9], 2, 6);
  // Centres of the cells lie at pixels 1 and 4.
  assert.deepEqual(Array.from(out.subarray(6, 12)), [0, 0, 1, 2, 3, 3]);
  assert.deepEqual(
    [0, 1, 2, 3, 4, 5].map((y) => out[6 * y + 1]),
    [0, 0, 2, 4, 6, 6]
  );
});

test("a map of as many cells as pixels stays as it is", () => {
  assert.deepEqual(Array.from(upsample([1, 5, 2, 0, 3, 8, 7, 4, 6], 3, 3)), [1, 5, 2, 0, 3, 8, 7, 4, 6]);
});

test("the centred map is symmetric and falls to exp(-2) at the middle of a side", () => {
  const map = centred(101);
  assert.equal(map.indexOf(Math.max(...map)), 50 * 101 + 50);
  assert.ok(Math.abs(map[50 * 101] - Math.exp(-8 * (50 / 101) ** 2)) < 1e-6);
  map.forEach((value, at) => assert.ok(Math.abs(value - map[map.length - 1 - at]) < 1e-6));
});

test("a peak stays at the centre of its cell, between the cells nothing overshoots, and mirrors stay mirrors", () => {
  const grid = new Uint8Array(25);
  grid[1 * 5 + 3] = 255;
  const mirrored = new Uint8Array(25);
  mirrored[1 * 5 + 1] = 255;
  const [a, b] = [upsample(grid, 5, 55), upsample(mirrored, 5, 55)];
  const peak = a.indexOf(Math.max(...a));
  assert.deepEqual([Math.floor(peak / 55), peak % 55, a[peak]], [16, 38, 255]);
  assert.equal(Math.min(...a), 0);
  for (let y = 0; y < 55; ++y)
    for (let x = 0; x < 55; ++x) assert.ok(Math.abs(a[y * 55 + x] - b[y * 55 + 54 - x]) < 1e-4);
});
