import assert from "node:assert/strict";
import {test} from "node:test";
import {toPositions, toRows} from "../../src/lib/dataset/rows.js";
import {mulberry32, stream} from "../../src/lib/measures/random.js";
import {mixup} from "../../src/lib/training/mixup.js";
import type {BatchSettings} from "../../src/lib/training/prepare.js";
import {prepare} from "../../src/lib/training/prepare.js";

const [size, count, classes] = [8, 6, 3];
const random = mulberry32(1);
const pixels = {
  size,
  rows: toRows(Int32Array.from({length: count}, (_, i) => 10 + i)),
  labels: Int32Array.of(0, 1, 2, 0, 1, 2),
  data: Uint8Array.from({length: count * size * size}, () => 256 * random())
};
const plain: BatchSettings = {seed: 1, classes, mixup: 0, augmentation: {}};
const changed: BatchSettings = {...plain, augmentation: {flip: true, rotate: 10, zoom: 1.1, lighting: 0.2}};

const job = (positions: number[], epoch = 0, step = 0) => ({
  positions: toPositions(Int32Array.from(positions)),
  epoch,
  step
});
const image = (images: Float32Array, i: number) => images.slice(i * size * size, (i + 1) * size * size);

test("without augmentation and mixup a batch holds grey levels over 255 and one-hot targets", () => {
  const {images, targets} = prepare(pixels, job([4, 0, 4]), plain);
  for (const [i, position] of [4, 0, 4].entries()) {
    const levels = pixels.data.subarray(position * size * size, (position + 1) * size * size);
    assert.deepEqual(
      image(images, i),
      Float32Array.from(levels, (level) => level / 255)
    );
  }
  assert.deepEqual(targets, Float32Array.of(0, 1, 0, 1, 0, 0, 0, 1, 0));
});

test("a batch follows from its job: the same again is the same, another step or epoch is not", () => {
  const settings = {...changed, mixup: 0.4};
  const batch = prepare(pixels, job([0, 1, 2], 3, 5), settings);
  assert.deepEqual(prepare(pixels, job([0, 1, 2], 3, 5), settings), batch);
  for (const other of [job([0, 1, 2], 3, 6), job([0, 1, 2], 4, 5)]) {
    assert.notDeepEqual(prepare(pixels, other, settings).images, batch.images);
    assert.notDeepEqual(prepare(pixels, other, settings).targets, batch.targets);
  }
});

test("an image that occurs twice is changed anew each time", () => {
  const {images} = prepare(pixels, job([2, 2]), changed);
  assert.notDeepEqual(image(images, 0), image(images, 1));
});

test("of a stated number of copies, an epoch takes the same of an image wherever it occurs", () => {
  const settings = {...changed, variants: 2};
  const first = prepare(pixels, job([0, 5], 1, 0), settings).images;
  const later = prepare(pixels, job([5, 3, 5], 3, 7), settings).images;
  assert.deepEqual(image(later, 0), image(first, 1));
  assert.deepEqual(image(later, 2), image(first, 1));
  assert.notDeepEqual(image(prepare(pixels, job([5], 2, 7), settings).images, 0), image(first, 1));
});

test("with no changed copies images stay as they are", () => {
  const batch = job([1, 3], 2, 1);
  assert.deepEqual(prepare(pixels, batch, {...changed, variants: 0}), prepare(pixels, batch, plain));
});

test("mixup mixes what was augmented, with chance of its own", () => {
  const batch = job([0, 1, 2, 3], 2, 4);
  const {images, targets} = prepare(pixels, batch, changed);
  const mixed = mixup({values: images, targets}, 4, 0.3, stream(1, "mixup 2/4"));
  assert.deepEqual(prepare(pixels, batch, {...changed, mixup: 0.3}), {images: mixed.values, targets: mixed.targets});
});

test("an image that does not exist is refused", () => {
  for (const position of [-1, count])
    assert.throws(() => prepare(pixels, job([0, position]), plain), /There is no image .* among 6/);
});
