import assert from "node:assert/strict";
import {test} from "node:test";
import sharp from "sharp";
import {decodeGrey} from "../../src/lib/dataset/decode.js";
import {openAnnotations} from "../../src/lib/dataset/masks.js";
import {openDataset} from "../../src/lib/dataset/open.js";
import {overlay} from "../../src/lib/measures/palette.js";
import {upsample} from "../../src/lib/measures/raster.js";
import loadAugmentationSheet from "../../src/loaders/augmentation-sheet.js";
import loadImages from "../../src/loaders/images.js";
import loadSheet from "../../src/loaders/image-sheet.js";
import loadMasks from "../../src/loaders/masks.js";
import loadOverlays from "../../src/loaders/overlays.js";
import {inventory} from "../../src/report/data/dataset.js";
import {maps} from "../../src/report/runs/run.js";
import {study} from "../../src/study.js";
import {images, publish, runs} from "./world.js";

// Drawn radiographs are here on every machine.
study.dataset = {name: "phantom", train: 1, test: 3, seed: 5};
const {test: list, train} = await openDataset(study.dataset);
const rows = Int32Array.from(list, ({row}) => row);
const columns = ["labels", "width", "height", "patients", "families"] as const;
const listed = (rows: Int32Array) => ({
  ...Object.fromEntries(columns.map((name) => [name, new Int32Array(rows.length)])),
  ...{rows, listed: rows.length, present: rows.length, byClass: [rows.length], problems: []}
});
const splits = {train: listed(Int32Array.from(train, ({row}) => row)), test: listed(rows)};
publish(inventory({study}), {...images, splits});
const cell = 96;

/**
 * The maps of two runs: of the first only of one image, in the upper left; of the second of all, in the lower right.
 */
const [one, other] = (study.runs = runs.slice(1, 3));
const grid = (cell: number) => [0, 1, 2, 3].map((at) => 255 * Number(at === cell));
publish(maps({study, run: one}), {
  rows: Int32Array.of(10),
  layer: "top",
  size: 2,
  peaks: Float32Array.of(1),
  grids: Uint8Array.from(grid(0))
});
publish(maps({study, run: other}), {
  rows: rows.toReversed(),
  layer: "top",
  size: 2,
  peaks: new Float32Array(12).fill(1),
  grids: Uint8Array.from(Array.from(rows, () => grid(3)).flat())
});

const pixelsOf = async (jpeg: Uint8Array) => sharp(jpeg).raw().toBuffer({resolveWithObject: true});
/** Mean difference of a square of a picture from what should be there; what JPEG changes is little. */
function differs({data, info}: Awaited<ReturnType<typeof pixelsOf>>, expected: Uint8Array, left: number, top: number) {
  const channels = expected.length / cell ** 2;
  let sum = 0;
  for (let at = 0; at < expected.length; ++at) {
    const [pixel, channel] = [Math.floor(at / channels), at % channels];
    const place = (top + Math.floor(pixel / cell)) * info.width + left + (pixel % cell);
    sum += Math.abs(data[place * info.channels + channel] - expected[at]);
  }
  return sum / expected.length;
}

test("a thumbnail lies where its row is named", async () => {
  const {present, columns, row, ...layout} = await loadImages();
  assert.deepEqual([present, layout.cell, row], [true, cell, [...rows]]);
  const picture = await pixelsOf(await loadSheet());
  assert.deepEqual([picture.info.width, picture.info.height, columns], [columns * cell, cell, 25]);
  for (const i of [0, 5, 11]) {
    const {pixels} = await decodeGrey(list[i], cell);
    assert.ok(differs(picture, pixels, i * cell, 0) < 4, `image ${i}`);
    assert.ok(differs(picture, pixels, ((i + 1) % 12) * cell, 0) > 8, `image ${i} is not its neighbour`);
  }
});

test("beside each image lie the maps of a network's runs over the same image, found by its row", async () => {
  const picture = await pixelsOf(await loadOverlays({model: "efficientnet_lite0"}));
  assert.deepEqual([picture.info.width, picture.info.height], [8 * 3 * cell, 2 * cell]);
  for (const i of [3, 10]) {
    const {pixels} = await decodeGrey(list[i], cell);
    const [left, top] = [(i % 8) * 3 * cell, Math.floor(i / 8) * cell];
    const under = (map: ArrayLike<number>) => overlay(pixels, map, 0.7);
    const [upper, lower] = [0, 3].map((at) => under(upsample(grid(at), 2, cell)));
    const empty = under(new Uint8Array(cell ** 2));
    assert.ok(differs(picture, empty, left, top) < 6, "as it is");
    assert.ok(differs(picture, i === 10 ? upper : empty, left + cell, top) < 6, "the first run has one map");
    assert.ok(differs(picture, lower, left + 2 * cell, top) < 6, "the second has all");
    assert.ok(differs(picture, upper, left + 2 * cell, top) > 12);
  }
  const nothing = await pixelsOf(await loadOverlays({model: "densenet121"}));
  assert.deepEqual([nothing.info.width, nothing.info.height, Math.max(...nothing.data)], [cell, cell, 0]);
});

test("masks are those of the test images, a bit a pixel", async () => {
  const {size, images} = await loadMasks();
  assert.deepEqual([size, images.map(({row}) => row)], [112, [...rows]]);
  const drawn = await openAnnotations({name: "phantom"}).draw(list[4], size);
  const lungs = Buffer.from(images[4].masks.find(({region}) => region === "lungs")!.bits, "base64");
  const expected = Array.from(drawn.lungs!, (value) => Number(value >= 128));
  assert.deepEqual(
    expected.map((_, at) => (lungs[at >> 3] >> (7 - (at % 8))) & 1),
    expected
  );
  const regions = new Set(images.flatMap(({masks}) => masks.map(({region}) => region)));
  assert.ok(regions.has("opacities") && !regions.has("consolidation" as "lungs"), [...regions].join());
});

test("the sheet of augmentations has a cell for every original, copy and mix", async () => {
  const {info} = await pixelsOf(await loadAugmentationSheet());
  assert.deepEqual([info.width, info.height % 192, info.height >= 3 * 192], [6 * 192, 0, true]);
});
