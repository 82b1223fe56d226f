import assert from "node:assert/strict";
import {test} from "node:test";
import {toRows} from "../../src/lib/dataset/rows.js";
import {nearDuplicates} from "../../src/lib/dataset/near-duplicates.js";
import type {Pixels} from "../../src/lib/dataset/types.js";
import {mulberry32} from "../../src/lib/measures/random.js";

const size = 8;
const random = mulberry32(1);
const noise = () => Array.from({length: size * size}, () => 60 + Math.floor(100 * random()));
const [a, b, c] = [noise(), noise(), noise()];
const brighter = (image: number[]) => image.map((value) => Math.min(255, 1.3 * value + 20));

const set = (...images: number[][]): Pixels => ({
  size,
  rows: toRows(Int32Array.from(images, (_, i) => 10 + i)),
  labels: new Int32Array(images.length),
  data: Uint8Array.from(images.flat())
});

test("a picture is found again whatever its brightness and contrast, and another is not", () => {
  const [found, ...others] = nearDuplicates(set(a, b), set(c, brighter(b)), 0.98);
  assert.deepEqual([found.row, found.other, others.length], [11, 11, 0]);
  assert.ok(found.correlation > 0.999, `${found.correlation}`);
});

test("within a set, the later of two equal pictures repeats the earlier", () => {
  const images = set(a, b, brighter(a));
  assert.deepEqual(
    nearDuplicates(images, images, 0.98).map(({row, other}) => [row, other]),
    [[12, 10]]
  );
});

test("an image of one grey level is like nothing", () => {
  const flat = new Array<number>(size * size).fill(7);
  assert.deepEqual(nearDuplicates(set(flat), set(flat, a), 0.5), []);
});
