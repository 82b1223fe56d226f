import assert from "node:assert/strict";
import test from "node:test";
import type {Hole} from "../../../src/lib/dataset/augment/cutout.js";
import {cut, drawHoles} from "../../../src/lib/dataset/augment/cutout.js";
import {mulberry32} from "../../../src/lib/measures/random.js";

const settings = {holes: [1, 4], length: [20, 50]} as const;
const seeds = Array.from({length: 2000}, (_, seed) => drawHoles(settings, mulberry32(seed)));

/** How many pixels of a white image of this size a hole makes black, and in how many rows. */
function extent(size: number, hole: Hole): {pixels: number; rows: number} {
  const image = new Float32Array(size * size).fill(1);
  cut(image, size, hole);
  const black = Array.from(image.keys()).filter((i) => image[i] === 0);
  return {pixels: black.length, rows: new Set(black.map((i) => Math.floor(i / size))).size};
}

test("all numbers of holes and all lengths occur, about equally often, and no other", () => {
  const count = (values: number[]) =>
    values.reduce((seen, value) => seen.set(value, (seen.get(value) ?? 0) + 1), new Map<number, number>());
  const numbers = count(seeds.map(({length}) => length));
  assert.deepEqual([...numbers.keys()].sort(), [1, 2, 3, 4]);
  for (const times of numbers.values()) assert.ok(Math.abs(times / seeds.length - 1 / 4) < 0.04);
  const lengths = count(seeds.map(([{length}]) => Math.round(224 * length)));
  assert.deepEqual([Math.min(...lengths.keys()), Math.max(...lengths.keys()), lengths.size], [20, 50, 31]);
});

test("the holes of an image have one length, and their centres lie anywhere in it", () => {
  for (const holes of seeds) assert.equal(new Set(holes.map(({length}) => length)).size, 1);
  for (const axis of ["x", "y"] as const) {
    const places = seeds.flatMap((holes) => holes.map((hole) => hole[axis]));
    assert.ok(Math.min(...places) >= 0 && Math.max(...places) < 1);
    assert.ok(Math.abs(places.reduce((a, b) => a + b) / places.length - 0.5) < 0.02);
  }
});

test("a hole is a black square of its length, which follows the size of the image", () => {
  for (const pixels of [20, 25, 50]) {
    const hole = {x: 0.5, y: 0.4, length: pixels / 224};
    assert.deepEqual(extent(224, hole), {pixels: pixels ** 2, rows: pixels});
    const scaled = Math.round((pixels * 64) / 224);
    assert.deepEqual(extent(64, hole), {pixels: scaled ** 2, rows: scaled});
  }
});

test("a hole at a corner keeps the quarter that lies inside", () => {
  assert.deepEqual(extent(224, {x: 0, y: 0, length: 40 / 224}), {pixels: 400, rows: 20});
  assert.deepEqual(extent(224, {x: 0.9999, y: 0.5, length: 40 / 224}), {pixels: 40 * 21, rows: 40});
});
