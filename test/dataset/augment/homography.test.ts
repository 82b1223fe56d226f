import assert from "node:assert/strict";
import test from "node:test";
import type {Homography, Warp} from "../../../src/lib/dataset/augment/homography.js";
import {compose, invert, mirror, rotation, symmetricWarp, zoom} from "../../../src/lib/dataset/augment/homography.js";

const identity = [1, 0, 0, 0, 1, 0, 0, 0, 1];
const apply = ([a, b, c, d, e, f, g, h, k]: Homography, [x, y]: readonly number[]) => {
  const w = g * x + h * y + k;
  return [(a * x + b * y + c) / w, (d * x + e * y + f) / w];
};
const near = (actual: readonly number[], expected: readonly number[]) =>
  actual.forEach((value, i) => assert.ok(Math.abs(value - expected[i]) < 1e-12, `${actual} is not ${expected}`));

test("a symmetric warp shows the original's corners where fastai's target points lie", () => {
  const warps: Warp[] = [
    [0.2, -0.1, 0.05, 0.15],
    [-0.2, 0.2, 0.2, -0.2],
    [0.2, 0, 0, 0],
    [0, 0, 0, -0.2]
  ];
  for (const m of warps) {
    const map = symmetricWarp(m);
    near(apply(map, [-1 - m[3], -1 - m[1]]), [-1, -1]);
    near(apply(map, [-1 - m[2], 1 + m[1]]), [-1, 1]);
    near(apply(map, [1 + m[3], -1 - m[0]]), [1, -1]);
    near(apply(map, [1 + m[2], 1 + m[0]]), [1, 1]);
  }
});

test("a warp of nothing is exactly the identity, and one alike on all sides is a zoom", () => {
  assert.deepEqual(
    symmetricWarp([0, 0, 0, 0]).map((value) => value + 0),
    identity
  );
  const map = symmetricWarp([0.2, 0.2, 0.2, 0.2]);
  near(apply(map, [0.6, -0.3]), [0.6 / 1.2, -0.3 / 1.2]);
});

test("a turn goes as fastai's matrix says", () => {
  near(apply(rotation(90), [1, 0]), [0, 1]);
  near(apply(rotation(30), [0, 1]), [-0.5, Math.sqrt(3) / 2]);
});

test("a zoom keeps its point and brings the border in by what it enlarges", () => {
  for (const [column, row] of [
    [0, 0],
    [0.5, 0.25],
    [1, 0.9]
  ]) {
    const map = zoom(1.25, column, row);
    const focus = [2 * column - 1, 2 * row - 1];
    near(apply(map, focus), focus);
    near([apply(map, [1, 0])[0] - apply(map, [-1, 0])[0]], [2 / 1.25]);
  }
});

test("composing applies the last map first", () => {
  const [a, b, c] = [rotation(20), zoom(1.1, 0, 1), symmetricWarp([0.1, -0.2, 0.2, 0])];
  const point = [0.3, -0.7];
  near(apply(compose(a, b, c), point), apply(a, apply(b, apply(c, point))));
  near(compose(mirror, mirror), identity);
});

test("the inverse leads back", () => {
  const map = compose(rotation(-7), symmetricWarp([0.2, 0.1, -0.1, 0.05]));
  near(apply(invert(map), apply(map, [0.4, 0.9])), [0.4, 0.9]);
});
