import assert from "node:assert/strict";
import {join} from "node:path";
import {test} from "node:test";
import sharp from "sharp";
import {illustrate, layout} from "../../src/loaders/augmentations.js";
import {sheet} from "../../src/report/data/sheet.js";
import {plainPng, temporaryFolder, write} from "../dataset/fixtures.js";

const study = {
  title: "Gently",
  mixup: 0.4,
  augmentation: {
    flip: true,
    rotate: 10,
    zoom: 1.1,
    lighting: 0.2,
    warp: 0.2,
    cutout: {holes: [1, 4], length: [20, 50]} as const
  }
};
const area = layout.cell ** 2;
const cellOf = (cells: Uint8Array, index: number) => cells.subarray(index * area, (index + 1) * area);

/** A folder of two classes, images of these levels and their neighbours; the first image of "dark" cannot be read. */
async function twoLevels(dark: number, light: number) {
  const path = temporaryFolder();
  for (const split of ["train", "test"]) {
    write(join(path, split, "dark", "a.png"), "no image");
    write(join(path, split, "dark", "b.png"), await plainPng(dark));
    write(join(path, split, "light", "c.png"), await plainPng(light));
  }
  return {name: "folder", path, title: "Levels"} as const;
}

test("one image of each class, twelve copies of the first and the mixes are the cells of one sheet", async () => {
  const {artifact, cells} = await illustrate(await twoLevels(40, 240), study);
  const {originals, copies, mixes, sheet} = artifact;
  assert.deepEqual(
    originals.map(({class: name}) => name),
    ["dark", "light"]
  );
  assert.deepEqual([artifact.synthetic, artifact.dataset, copies.length], [false, "Levels", 12]);
  const named = [...originals, ...copies, ...mixes].map(({cell}) => cell);
  assert.deepEqual(named, [...named.keys()]);
  assert.deepEqual(sheet.row, named);
  assert.equal(cells.length, named.length * area);
  assert.equal(new Set(copies.map((copy) => JSON.stringify({...copy, cell: 0}))).size, 12);
});

test("copies are of the first image, with the light and the holes that are told", async () => {
  const {artifact, cells} = await illustrate(await twoLevels(40, 240), study);
  for (const {cell, brightness, contrast, holes} of artifact.copies) {
    const levels = new Set(cellOf(cells, cell));
    const logit = contrast * (Math.log(40 / 215) + Math.log(brightness / (1 - brightness)));
    const tone = Math.round(255 / (1 + Math.exp(-logit)));
    assert.ok([...levels].every((level) => Math.abs(level - tone) <= 3 || (holes > 0 && level === 0)));
    assert.equal(levels.has(0), holes > 0);
  }
});

test("a mix holds both images by the shares that are told, its own image the larger", async () => {
  const {artifact, cells} = await illustrate(await twoLevels(40, 240), study);
  assert.ok(artifact.mixes.length >= 3);
  const shares = artifact.mixes.map(({share}) => share);
  assert.deepEqual(
    shares,
    shares.toSorted((a, b) => a - b)
  );
  for (const {cell, own, partner, share} of artifact.mixes) {
    assert.notEqual(own, partner);
    assert.ok(share >= 0.5 && share < 1);
    const expected = share * cellOf(cells, own)[0] + (1 - share) * cellOf(cells, partner)[0];
    assert.ok(cellOf(cells, cell).every((level) => Math.abs(level - expected) <= 1.6));
  }
});

test("a procedure without mixup shows none", async () => {
  assert.deepEqual((await illustrate(await twoLevels(1, 2), {...study, mixup: 0})).artifact.mixes, []);
});

test("without the dataset the images are drawn, and said to be", async () => {
  const {artifact, cells} = await illustrate({name: "covidx", path: "/nonexistent"}, study);
  assert.equal(artifact.synthetic, true);
  assert.equal(artifact.originals.length, 4);
  assert.ok(new Set(cellOf(cells, 0)).size > 50, "a drawing has many tones");
});

test("a sheet holds its cells line by line, the last line filled up with black", async () => {
  const data = Buffer.concat([10, 90, 200].map((level) => Buffer.alloc(64, level)));
  const {data: pixels, info} = await sharp(await sheet(data, {cell: 8, columns: 2}))
    .raw()
    .toBuffer({resolveWithObject: true});
  assert.deepEqual([info.width, info.height], [16, 16]);
  const at = (x: number, y: number) => pixels[(y * 16 + x) * info.channels];
  [at(3, 3), at(12, 3), at(3, 12), at(12, 12)].forEach((level, i) =>
    assert.ok(Math.abs(level - [10, 90, 200, 0][i]) < 3, `${level}`)
  );
});
