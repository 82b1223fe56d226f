import assert from "node:assert/strict";
import {test} from "node:test";
import {toRows} from "../../src/lib/dataset/rows.js";
import type {Pixels} from "../../src/lib/dataset/types.js";
import {mulberry32} from "../../src/lib/measures/random.js";
import {tta} from "../../src/lib/training/tta.js";

const size = 4;
const random = mulberry32(1);
const pixels: Pixels = {
  size,
  rows: toRows(Int32Array.of(5, 8)),
  labels: Int32Array.of(0, 1),
  data: Uint8Array.from({length: 2 * size * size}, () => 256 * random())
};

/** "Probabilities" that show which copy they come from: the first pixel of every image and its complement. */
const corner = async ({data}: Pixels) =>
  Float32Array.from([0, 1].flatMap((i) => [data[i * size * size] / 255, 1 - data[i * size * size] / 255]));

const none = {count: 3, seed: 1, augmentation: {}};

test("images that are left as they are keep their probabilities, and their bytes", async () => {
  const seen: Uint8Array[] = [];
  const probabilities = await tta((copy) => (seen.push(copy.data), corner(copy)), pixels, none);
  (await corner(pixels)).forEach((value, i) => assert.ok(Math.abs(value - probabilities[i]) < 1e-6));
  assert.deepEqual(seen, [pixels.data, pixels.data, pixels.data, pixels.data]);
});

test("the image as it is has a share of 0.4, all copies together 0.6", async () => {
  const answers = [
    [1, 0],
    [0.5, 0.5],
    [0.1, 0.9]
  ];
  let call = 0;
  const result = await tta(async () => Float32Array.from(answers[call++]), pixels, {...none, count: 2});
  [0.4 * 1 + 0.3 * 0.5 + 0.3 * 0.1, 0.3 * 0.5 + 0.3 * 0.9].forEach((value, i) =>
    assert.ok(Math.abs(result[i] - value) < 1e-6, `${result}`)
  );
});

test("copies differ from each other and follow from the seed", async () => {
  const copies = async (seed: number) => {
    const seen: number[][] = [];
    await tta((copy) => (seen.push([...copy.data]), corner(copy)), pixels, {
      count: 4,
      seed,
      augmentation: {rotate: 30, lighting: 0.5}
    });
    return seen.slice(1);
  };
  const first = await copies(1);
  assert.equal(new Set(first.map(String)).size, 4);
  assert.deepEqual(await copies(1), first);
  assert.notDeepEqual(await copies(2), first);
});

test("the copies are of the images given, mirrored where only that is asked for", async () => {
  const mirrored = (image: number[]) => image.map((_, i) => image[i - (i % size) + size - 1 - (i % size)]);
  const image = (data: ArrayLike<number>, i: number) => Array.from(data).slice(i * size ** 2, (i + 1) * size ** 2);
  let flips = 0;
  await tta(
    async (copy) => {
      assert.deepEqual([copy.rows, copy.labels], [pixels.rows, pixels.labels]);
      for (const i of [0, 1]) {
        const [own, changed] = [image(pixels.data, i), image(copy.data, i)];
        if (String(own) === String(changed)) continue;
        assert.deepEqual(changed, mirrored(own));
        flips += 1;
      }
      return corner(copy);
    },
    pixels,
    {count: 8, seed: 1, augmentation: {flip: true}}
  );
  assert.ok(flips > 2 && flips < 14, `${flips} of 16 mirrored`);
});

/** Sums over an image's bytes as "probabilities", which say of every pixel whether it changed. */
const spread = async ({data, rows}: Pixels) =>
  Float32Array.from(rows, (_, i) => {
    const image = data.subarray(i * size * size, (i + 1) * size * size);
    return image.reduce((sum, value, at) => sum + value * (1 + at), 0) / 50_000;
  });

test("an image is given the same probabilities alone, at any place and among any others, at every number of copies", async () => {
  const others = mulberry32(2);
  const data = Uint8Array.from({length: 5 * size * size}, () => 256 * others());
  const own = pixels.data.subarray(size * size);
  data.set(own, 3 * size * size);
  const many: Pixels = {size, rows: toRows(Int32Array.from([9, 7, 5, 3, 1])), labels: new Int32Array(5), data};
  const alone: Pixels = {size, rows: toRows(Int32Array.of(0)), labels: Int32Array.of(0), data: own};
  for (const count of [0, 1, 3, 100]) {
    const options = {count, seed: 3, augmentation: {rotate: 30, lighting: 0.5}};
    const [expected] = await tta(spread, alone, options);
    assert.equal((await tta(spread, many, options))[3], expected, `${count} copies`);
    assert.equal((await tta(spread, pixels, options))[1], expected, `${count} copies`);
  }
});

test("images of other pixels are changed otherwise", async () => {
  // Two images that are the same but for one pixel in a corner, which a mirror alone would leave apart from the rest
  // alike.
  const data = Uint8Array.from({length: 2 * size * size}, (_, at) => 10 * (at % (size * size)));
  data[data.length - 1] += 1;
  const changed: string[][] = [[], []];
  await tta(
    async (copy) => {
      for (const i of [0, 1]) changed[i].push(String(copy.data.subarray(i * size * size, (i + 1) * size * size - 1)));
      return corner(copy);
    },
    {...pixels, data},
    {count: 8, seed: 1, augmentation: {lighting: 0.5}}
  );
  assert.equal(changed[0][0], changed[1][0], "as they are");
  assert.notDeepEqual(changed[0].slice(1), changed[1].slice(1));
});

test(
  "means stay probabilities: what is sure in every copy is 1 and no more, at every number of " +
    "copies and every share",
  async () => {
    for (const count of [0, 1, 2, 3, 4, 6, 7, 10, 49, 100]) {
      for (const unchanged of [0, 0.1, 0.4, 0.7, 1]) {
        const [one, zero] = await tta(async () => Float32Array.of(1, 0), pixels, {...none, count, unchanged});
        assert.deepEqual([one, zero], [1, 0], `${count} copies, ${unchanged} unchanged`);
        const sure = Math.fround(0.7);
        const mixed = await tta(async () => Float32Array.of(sure, 1 - sure), pixels, {...none, count, unchanged});
        assert.ok(Math.abs(mixed[0] + mixed[1] - 1) < 1e-6, `${count} copies, ${unchanged} unchanged: ${mixed}`);
      }
    }
  }
);
