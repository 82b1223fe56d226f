import assert from "node:assert/strict";
import test from "node:test";
import type {Augmentation, Change} from "../../src/lib/dataset/augment.js";
import {applyChange, augment, mapOf} from "../../src/lib/dataset/augment.js";
import {mulberry32, stream} from "../../src/lib/measures/random.js";

const size = 32;
const grey = mulberry32(9);
const noise = Uint8Array.from({length: size * size}, () => 256 * grey());
const unchanged: Change = {
  mirrored: false,
  warp: [0, 0, 0, 0],
  degrees: 0,
  zoom: 1,
  focus: [0.3, 0.8],
  brightness: 0.5,
  contrast: 1,
  holes: []
};
const study: Augmentation = {
  flip: true,
  rotate: 10,
  zoom: 1.1,
  lighting: 0.2,
  warp: 0.2,
  cutout: {holes: [1, 4], length: [20, 50]}
};

function changed(change: Partial<Change>, source = noise): Float32Array {
  const target = new Float32Array(source.length);
  applyChange(source, target, size, {...unchanged, ...change});
  return target;
}

function copy(seed: number, source = noise, settings = study): Float32Array {
  const target = new Float32Array(source.length);
  augment(source, target, size, stream(seed, "copy"), settings);
  return target;
}

const same = (actual: Float32Array, expected: ArrayLike<number>, tolerance = 1e-6) =>
  actual.forEach((value, i) => assert.ok(Math.abs(value - expected[i]) <= tolerance, `${value}, ${expected[i]}`));

test("an image that nothing is done to comes back exact", () => {
  const plain = Float32Array.from(noise, (level) => level / 255);
  assert.deepEqual(changed({}), plain);
  assert.deepEqual(copy(1, noise, {}), plain);
});

test("a point is found through warp, zoom, turn and mirror, in fastai's order", () => {
  const [a, b, c, d, e, f, g, h, k] = mapOf({
    ...unchanged,
    mirrored: true,
    warp: [0.2, -0.1, 0.1, 0.05],
    degrees: 90,
    zoom: 1.25,
    focus: [1, 0.5]
  });
  // Of the original's corner (-1, -1): the warp's target for it leads there, and on through the others.
  const [x, y] = [-1 - 0.05, -1 + 0.1];
  const w = g * x + h * y + k;
  const zoomed = [-1 / 1.25 + 0.2, -1 / 1.25];
  same(Float32Array.of((a * x + b * y + c) / w, (d * x + e * y + f) / w), [zoomed[1], zoomed[0]]);
});

test("a quarter turn moves each pixel to where it belongs", () => {
  const turned = changed({degrees: 90});
  same(
    turned,
    Array.from(noise.keys(), (i) => noise[(i % size) * size + size - 1 - Math.floor(i / size)] / 255),
    1e-5
  );
});

test("zooming enlarges an area by the factor's square", () => {
  const disc = Uint8Array.from(noise, (_, i) =>
    Math.hypot((i % size) - 15.5, Math.floor(i / size) - 15.5) < 8 ? 255 : 0
  );
  const area = (values: ArrayLike<number>) => Array.from(values).reduce((sum, value) => sum + value, 0);
  const ratio = area(changed({zoom: 1.5, focus: [0.5, 0.5]}, disc)) / area(changed({}, disc));
  assert.ok(Math.abs(ratio - 1.5 ** 2) < 0.1, `${ratio}`);
});

test("moved in any way, a plain image stays plain: borders are reflected", () => {
  const plain = new Uint8Array(size * size).fill(102);
  const expected = Array.from(plain, (level) => level / 255);
  for (let seed = 0; seed < 50; ++seed) same(copy(seed, plain, {...study, lighting: 0, cutout: undefined}), expected);
});

test("light changes the tones, and holes are black in any light", () => {
  const plain = new Uint8Array(size * size).fill(51);
  const out = changed({brightness: 0.6, contrast: 0.8, holes: [{x: 0.5, y: 0.5, length: 0.25}]}, plain);
  const tone = 1 / (1 + Math.exp(-0.8 * (Math.log(0.2 / 0.8) + Math.log(0.6 / 0.4))));
  const inside = (place: number) => place >= 12 && place < 20;
  const expected = Array.from(plain.keys(), (i) => (inside(i % size) && inside(Math.floor(i / size)) ? 0 : tone));
  same(out, expected);
});

test("the same stream gives the same copy, another stream another", () => {
  assert.deepEqual(copy(1), copy(1));
  assert.notDeepEqual(copy(1), copy(2));
  for (let seed = 0; seed < 20; ++seed) assert.ok(copy(seed).every((value) => value >= 0 && value <= 1));
});
