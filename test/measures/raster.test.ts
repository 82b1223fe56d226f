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
