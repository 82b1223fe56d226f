import assert from "node:assert/strict";
import test from "node:test";
import type {Homography} from "../../../src/lib/dataset/augment/homography.js";
import {compose, mirror, rotation, symmetricWarp, zoom} from "../../../src/lib/dataset/augment/homography.js";
import {resample} from "../../../src/lib/dataset/augment/resample.js";
import {mulberry32} from "../../../src/lib/measures/random.js";

const size = 15;
const levels = Float64Array.from({length: 256}, (_, level) => level);
const random = mulberry32(1);
const noise = Uint8Array.from({length: size * size}, () => 256 * random());
const identity = [1, 0, 0, 0, 1, 0, 0, 0, 1];

/** In grey levels. */
function moved(map: Homography, source = noise): Float32Array {
  const target = new Float32Array(source.length);
  resample(source, target, Math.sqrt(source.length), levels, map);
  return target;
}
const near = (actual: number, expected: number, tolerance: number) =>
  assert.ok(Math.abs(actual - expected) <= tolerance, `${actual} is not ${expected}`);

test("the identity gives every tone exactly, at odd and even sizes", () => {
  assert.deepEqual([...moved(identity)], [...noise]);
  const even = noise.subarray(0, 14 * 14);
  assert.deepEqual([...moved(identity, even)], [...even]);
});

test("a mirror is exact, and mirrored twice is the original", () => {
  const once = moved(mirror);
  assert.equal(once[0], noise[size - 1]);
  assert.notDeepEqual([...once], [...noise]);
  assert.deepEqual([...moved(mirror, Uint8Array.from(once))], [...noise]);
});

test("a quarter turn moves each pixel to where it belongs", () => {
  const turned = moved(rotation(90));
  for (let row = 0; row < size; ++row) {
    for (let column = 0; column < size; ++column) {
      near(turned[row * size + column], noise[column * size + (size - 1 - row)], 1e-3);
    }
  }
});

test("between pixels the tones are interpolated along both axes", () => {
  const half = 1 / (size - 1);
  const out = moved([1, 0, half, 0, 1, half, 0, 0, 1]);
  near(out[0], (noise[0] + noise[1] + noise[size] + noise[size + 1]) / 4, 1e-4);
});

test("beyond the border the image is reflected, however far", () => {
  const shift = (pixels: number) => moved([1, 0, (2 * pixels) / (size - 1), 0, 1, 0, 0, 0, 1]);
  for (const pixels of [3, -3, 2 * size, -4 * size]) {
    const out = shift(pixels);
    for (let column = 0; column < size; ++column) {
      let place = column + pixels;
      while (place < 0 || place > size - 1) place = place < 0 ? -place : 2 * (size - 1) - place;
      near(out[5 * size + column], noise[5 * size + place], 1e-3);
    }
  }
});

test("one resampling through the composed map gives a plane's value at the place where all maps lead", () => {
  const plane = Uint8Array.from({length: size * size}, (_, i) => 20 + 7 * (i % size) + 8 * Math.floor(i / size));
  const maps = [mirror, rotation(10), zoom(1.1, 0.2, 0.9), symmetricWarp([0.2, -0.1, 0.15, 0.05])];
  const out = moved(compose(...maps), plane);
  const middle = (size - 1) / 2;
  let inside = 0;
  for (let i = 0; i < out.length; ++i) {
    const [x, y] = maps.reduceRight(
      ([x, y], [a, b, c, d, e, f, g, h, k]) => {
        const w = g * x + h * y + k;
        return [(a * x + b * y + c) / w, (d * x + e * y + f) / w];
      },
      [(i % size) / middle - 1, Math.floor(i / size) / middle - 1]
    );
    if (Math.max(Math.abs(x), Math.abs(y)) > 1) continue;
    near(out[i], 20 + 7 * middle * (1 + x) + 8 * middle * (1 + y), 1e-3);
    inside += 1;
  }
  assert.ok(inside > out.length / 2);
});

test("tones are set before pixels are mixed", () => {
  const black = Float64Array.from(levels, (level) => (level > 127 ? 1 : 0));
  const target = new Float32Array(4);
  resample(Uint8Array.of(127, 128, 127, 128), target, 2, black, [1, 0, 1, 0, 1, 0, 0, 0, 1]);
  near(target[0], 0.5, 1e-6);
});
