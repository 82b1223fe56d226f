import assert from "node:assert/strict";
import test from "node:test";
import {augmentBatch} from "../../src/lib/dataset/augment.js";
import {mulberry32} from "../../src/lib/support/random.js";

const size = 16;
const ramp = Uint8Array.from({length: size * size}, (_, i) => i);
const near = (actual: number, expected: number, tolerance = 1e-6) =>
  assert.ok(Math.abs(actual - expected) <= tolerance, `${actual} is not ${expected}`);

/** Random numbers as listed, in the order that augmentation draws them: flip, moved, angle, zoom, lit, brightness, contrast. */
const drawn = (...values: number[]) => {
  let i = 0;
  return () => values[i++ % values.length];
};

test("without any change the grey levels are scaled to 0..1", () => {
  const out = augmentBatch(ramp, 1, size, mulberry32(1), {});
  out.forEach((value, i) => near(value, ramp[i] / 255));
});

test("a flip mirrors left to right, half of the time", () => {
  const mirrored = augmentBatch(ramp, 1, size, drawn(0.4), {flip: true});
  for (let i = 0; i < ramp.length; ++i) near(mirrored[i], ramp[(i & ~15) + 15 - (i & 15)] / 255);
  const kept = augmentBatch(ramp, 1, size, drawn(0.6), {flip: true});
  kept.forEach((value, i) => near(value, ramp[i] / 255));
});

test("a quarter turn moves each pixel to where it belongs", () => {
  const out = augmentBatch(ramp, 1, size, drawn(0, 0, 1, 0, 1, 0.5, 0.5, 0), {rotate: 90});
  for (let row = 0; row < size; ++row) {
    for (let column = 0; column < size; ++column) {
      near(out[row * size + column], ramp[(size - 1 - column) * size + row] / 255, 1e-5);
    }
  }
});

test("zooming keeps the middle and enlarges what is around it", () => {
  const disc = Uint8Array.from({length: size * size}, (_, i) =>
    Math.hypot((i % size) - 7.5, Math.floor(i / size) - 7.5) < 4 ? 255 : 0
  );
  const area = (values: ArrayLike<number>) => Array.from(values).reduce((sum, value) => sum + value, 0);
  const zoomed = augmentBatch(disc, 1, size, drawn(0, 0, 0.5, 1, 1, 0, 0, 0), {zoom: 1.5});
  near(area(zoomed) / (area(disc) / 255), 1.5 ** 2, 0.15);
});

test("beyond the border the picture is reflected, so that a plain picture stays plain", () => {
  const plain = new Uint8Array(size * size).fill(128);
  const out = augmentBatch(plain, 1, size, mulberry32(4), {flip: true, rotate: 45, zoom: 1.3});
  out.forEach((value) => near(value, 128 / 255));
});

test("brightness and contrast keep black, white and the order of the levels", () => {
  for (const [brightness, contrast] of [
    [0, 0],
    [1, 0.2],
    [0.3, 1]
  ]) {
    const out = augmentBatch(ramp, 1, size, drawn(0, 1, 0, 0, 0, brightness, contrast, 0), {lighting: 0.4});
    assert.deepEqual([out[0], out[255]], [0, 1]);
    for (let i = 1; i < 256; ++i) assert.ok(out[i] > out[i - 1]);
  }
  const bright = augmentBatch(ramp, 1, size, drawn(0, 1, 0, 0, 0, 1, 0.5, 0), {lighting: 0.4});
  near(bright[128], 1 / (1 + Math.exp(-Math.log(128 / 127) - Math.log(0.7 / 0.3))));
});

test("each picture is changed on its own, and the same seed gives the same pictures", () => {
  const two = new Uint8Array(2 * size * size);
  two.set(ramp);
  two.set(ramp, ramp.length);
  const options = {flip: true, rotate: 10, zoom: 1.1, lighting: 0.2};
  const out = augmentBatch(two, 2, size, mulberry32(3), options);
  assert.notDeepEqual(out.slice(0, ramp.length), out.slice(ramp.length));
  assert.deepEqual(augmentBatch(two, 2, size, mulberry32(3), options), out);
  assert.ok(out.every((value) => value >= 0 && value <= 1));
});

test("switching one change on leaves the others as they were", () => {
  const count = 12;
  const stack = Uint8Array.from({length: count * ramp.length}, (_, i) => ramp[i % ramp.length]);
  const flipped = (options: object) => {
    const out = augmentBatch(stack, count, size, mulberry32(8), {flip: true, ...options});
    return Array.from({length: count}, (_, i) => out[i * ramp.length] > out[i * ramp.length + size - 1]);
  };
  assert.deepEqual(flipped({lighting: 0.2, zoom: 1.05}), flipped({}));
});

test("data of the wrong length is refused", () => {
  assert.throws(() => augmentBatch(ramp, 2, size, mulberry32(1), {}), RangeError);
});
