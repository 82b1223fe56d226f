import assert from "node:assert/strict";
import {test} from "node:test";
import {energyShare, pointsAt} from "../../src/lib/explain/attention.js";

const size = 100;
const square = (left: number, top: number, side: number) =>
  Uint8Array.from({length: size * size}, (_, at) => {
    const [x, y] = [at % size, Math.floor(at / size)];
    return x >= left && x < left + side && y >= top && y < top + side ? 255 : 0;
  });
const point = (x: number, y: number) =>
  Float32Array.from({length: size * size}, (_, at) => Number(at === y * size + x));
const uniform = new Float32Array(size * size).fill(0.3);
const near = (actual: number | undefined, expected: number) =>
  assert.ok(Math.abs(actual! - expected) < 1e-6, `${actual}`);

test("of a uniform map, a mask holds the share of its area", () => {
  near(energyShare(uniform, square(10, 20, 30)), 0.09);
  near(energyShare(uniform, new Uint8Array(size * size).fill(51)), 0.2);
});

test("energy inside and outside add up", () => {
  const map = Float32Array.from({length: size * size}, (_, at) => at % 7);
  const mask = square(5, 5, 40);
  near(
    energyShare(map, mask)! +
      energyShare(
        map,
        mask.map((value) => 255 - value)
      )!,
    1
  );
});

test("a peak in a region or up to 3 pixels of 100 beside it is a hit", () => {
  const mask = square(40, 40, 20);
  assert.equal(pointsAt(point(50, 50), mask, size), 1);
  assert.equal(pointsAt(point(37, 50), mask, size), 1);
  assert.equal(pointsAt(point(36, 50), mask, size), 0);
  assert.equal(pointsAt(point(37, 37), mask, size), 0); // 4.2 pixels from the corner
  assert.equal(pointsAt(point(0, 50), square(97, 40, 3), size), 0); // not around the edge
});

test("a uniform map hits as often as chance", () => {
  // The square with what lies at most 3 pixels beside it: 4 strips, and of each corner the 3 pixels within reach (1-2-2
  // rounded).
  const hit = pointsAt(uniform, square(40, 40, 20), size)!;
  const corner = [1, 2, 3].flatMap((x) => [1, 2, 3].filter((y) => x * x + y * y <= 9)).length;
  near(hit, (400 + 4 * 60 + 4 * corner) / 10000);
});

test("an empty map has no share and no hit", () => {
  const empty = new Float32Array(size * size);
  assert.equal(energyShare(empty, square(0, 0, 50)), undefined);
  assert.equal(pointsAt(empty, square(0, 0, 50), size), undefined);
});
