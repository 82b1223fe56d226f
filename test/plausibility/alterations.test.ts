import assert from "node:assert/strict";
import {test} from "node:test";
import {type Altered, alterations} from "../../src/lib/plausibility/alterations.js";
import {mulberry32} from "../../src/lib/measures/random.js";

const size = 32;
const at = (x: number, y: number) => y * size + x;
/** Dark at the top left, brightest at the bottom right, and nowhere twice the same along a side. */
const slope = Uint8Array.from({length: size * size}, (_, i) => 2 * (i % size) + 5 * Math.floor(i / size));
const apply = (kind: Altered, seed = 1, pixels: Uint8Array = slope) =>
  alterations[kind](pixels, size, mulberry32(seed));

test("none changes what it is given, and each gives other bytes of the same size", () => {
  const before = slope.slice();
  for (const kind of Object.keys(alterations) as Altered[]) {
    const changed = apply(kind);
    assert.deepEqual(slope, before, kind);
    assert.equal(changed.length, slope.length, kind);
    assert.notDeepEqual(changed, slope, kind);
  }
});

test("turned four times the same way it is the image again, and half of that is upside down", () => {
  for (const seed of [1, 2, 3, 4]) {
    const turn = (pixels: Uint8Array) => apply("on its side", seed, pixels);
    const half = turn(turn(slope));
    assert.deepEqual(half, apply("upside down"));
    assert.deepEqual(turn(turn(half)), slope);
  }
});

test("both ways of turning occur, and all four halves", () => {
  const seeds = Array.from({length: 40}, (_, i) => i);
  const corners = new Set(seeds.map((seed) => apply("on its side", seed)[0]));
  assert.equal(corners.size, 2);
  // The mean grows along both axes: a half is told by it.
  const mean = (pixels: Uint8Array) => pixels.reduce((a, b) => a + b) / pixels.length;
  const parts = new Set(seeds.map((seed) => Math.round((mean(apply("a part", seed)) - mean(slope)) / 10)));
  assert.ok(parts.size >= 4, `${[...parts]}`);
});

test("a part shows about half of each side, enlarged", () => {
  for (const seed of [1, 2, 3, 4, 5, 6]) {
    const part = apply("a part", seed);
    const across = (part[at(size - 1, 0)] - part[at(0, 0)]) / (slope[at(size - 1, 0)] - slope[at(0, 0)]);
    assert.ok(across > 0.35 && across < 0.62, `seed ${seed}: ${across}`);
  }
});

test("a blur keeps the mean and takes away what is fine; noise brings it", () => {
  const checkers = Uint8Array.from({length: size * size}, (_, i) => ((i + Math.floor(i / size)) % 2 ? 200 : 100));
  const spread = (pixels: Uint8Array) => Math.max(...pixels) - Math.min(...pixels);
  assert.ok(spread(apply("blurred", 1, checkers)) < 40);
  assert.ok(apply("blurred", 1, checkers).every((value) => Math.abs(value - 150) < 20));
  const flat = new Uint8Array(size * size).fill(128);
  assert.deepEqual(apply("blurred", 1, flat), flat);
  assert.ok(spread(apply("noisy", 1, flat)) > 60);
});
