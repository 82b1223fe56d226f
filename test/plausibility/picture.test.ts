import assert from "node:assert/strict";
import {test} from "node:test";
import {drawPhantom} from "../../src/lib/dataset/phantom/draw.js";
import {colourFault, pictureFault, pictureOf, picturesOf, rangesOf} from "../../src/lib/plausibility/picture.js";
import {mulberry32} from "../../src/lib/measures/random.js";

const size = 96;
const random = mulberry32(3);
const square = (value: (x: number, y: number) => number) =>
  Uint8Array.from({length: size * size}, (_, at) => value(at % size, Math.floor(at / size)));
const phantoms = Array.from(
  {length: 12},
  (_, i) => drawPhantom({seed: i + 1, label: i % 4, size, marker: false}).pixels as Uint8Array
);
const known = [rangesOf(phantoms.map((pixels) => pictureOf(pixels, size)))];
const faultOf = (pixels: Uint8Array) => pictureFault(pictureOf(pixels, size), known);

test("the statistics are those of their definitions", () => {
  const flat = pictureOf(
    square(() => 7),
    size
  );
  assert.deepEqual(flat, {spread: 0, roughness: 0, commonest: 1, entropy: 0, flat: 1});
  const checkers = pictureOf(
    square((x, y) => ((x + y) % 2) * 255),
    size
  );
  assert.ok(Math.abs(checkers.spread - 127.5) < 1e-9);
  assert.ok(Math.abs(checkers.entropy - 1) < 1e-9 && Math.abs(checkers.commonest - 0.5) < 1e-9);
  // Neighbours differ by the whole range: a mean square of 255², over twice the variance of (255 / 2)².
  assert.ok(Math.abs(checkers.roughness - 2) < 1e-9, `${checkers.roughness}`);
  const noise = pictureOf(
    square(() => 256 * random()),
    size
  );
  assert.ok(Math.abs(noise.roughness - 1) < 0.05, `white noise is as rough as chance: ${noise.roughness}`);
  assert.ok(noise.entropy > 7.9 && noise.flat < 0.01);
});

test("pictures of several images are those of each", () => {
  const [a, b] = phantoms;
  assert.deepEqual(picturesOf({size, data: Buffer.concat([a, b])}), [pictureOf(a, size), pictureOf(b, size)]);
});

test("no phantom has a fault, and what is no picture of anything has one that says what it is", () => {
  for (const pixels of phantoms) assert.equal(faultOf(pixels), undefined);
  const cases: [string, RegExp, Uint8Array][] = [
    ["black", /contrast/, square(() => 0)],
    ["white", /contrast/, square(() => 255)],
    ["grey with a grain", /contrast/, square(() => 128 + 3 * random())],
    ["mostly one value", /one grey value/, square((x, y) => (x < 16 && y < 40 ? 5 * y : 250))],
    ["a ramp", /smoother/, square((x) => (255 * x) / size)],
    ["white noise", /rougher/, square(() => 256 * random())],
    ["fine stripes", /one grey value/, square((x) => (x % 4 < 2 ? 40 : 210))],
    ["fine shaded stripes", /rougher/, square((x, y) => (x % 4 < 2 ? y : 255 - y))],
    ["few shades", /plain areas/, phantoms[1].map((value) => 12 * Math.floor(value / 12))]
  ];
  for (const [name, words, pixels] of cases) assert.match(faultOf(pixels) ?? "none", words, name);
});

test("every statistic counts on the side on which radiographs do not lie, and only well beyond them", () => {
  const usual = {spread: 50, roughness: 0.01, commonest: 0.05, entropy: 6, flat: 0.1};
  const ranges = [rangesOf([usual])];
  const fault = (change: object) => pictureFault({...usual, ...change}, ranges) ?? "";
  for (const [name, low, high] of [
    ["spread", /contrast/, /black and white/],
    ["roughness", /smoother/, /rougher/],
    ["commonest", /^$/, /one grey value/],
    ["entropy", /few grey values/, /^$/],
    ["flat", /^$/, /plain areas/]
  ] as const) {
    assert.match(fault({[name]: 0.45 * usual[name]}), low, name);
    assert.match(fault({[name]: 2.2 * usual[name]}), high, name);
    for (const factor of [0.55, 1.9]) assert.equal(fault({[name]: factor * usual[name]}), "", name);
  }
});

test("a set of other radiographs widens the ranges and never narrows them", () => {
  const soft = phantoms.map((pixels) => pixels.map((value) => 110 + value / 16));
  const pictures = soft.map((pixels) => pictureOf(pixels, size));
  assert.match(pictureFault(pictures[0], known) ?? "none", /contrast/);
  const both = [...known, rangesOf(pictures)];
  for (const picture of pictures) assert.equal(pictureFault(picture, both), undefined);
  for (const pixels of phantoms) assert.equal(pictureFault(pictureOf(pixels, size), both), undefined);
});

test("one image in a thousand does not set a range", () => {
  const usual = Array.from({length: 2000}, () => pictureOf(phantoms[0], size));
  const odd = pictureOf(
    square(() => 0),
    size
  );
  assert.deepEqual(rangesOf([...usual, odd]), rangesOf(usual));
});

test("colour is a fault unless the study's own images have as much", () => {
  assert.equal(colourFault(0, 0), undefined);
  assert.equal(colourFault(6, 0), undefined);
  assert.match(colourFault(60, 0) ?? "none", /colour/);
  assert.equal(colourFault(60, 80), undefined);
});
