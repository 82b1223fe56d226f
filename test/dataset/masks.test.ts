import assert from "node:assert/strict";
import {mkdirSync, mkdtempSync, rmSync, writeFileSync} from "node:fs";
import {tmpdir} from "node:os";
import {join} from "node:path";
import type {TestContext} from "node:test";
import {test} from "node:test";
import sharp from "sharp";
import {openCovidx} from "../../src/lib/dataset/covidx.js";
import {decodeGrey} from "../../src/lib/dataset/decode.js";
import {drawMasks, readAreas} from "../../src/lib/dataset/masks/annotations.js";
import {openAnnotations} from "../../src/lib/dataset/masks.js";
import {openPhantom} from "../../src/lib/dataset/phantom.js";
import {readPixels} from "../../src/lib/dataset/pixels.js";

const boxes = "filename,image_width,image_height,region,x,y,width,height\r\n";
const header = "filename,region,image_width,image_height,top,left,mask\r\n";

/** A folder of annotations of an image of 400 x 200 pixels with one mask of 40 x 20 pixels. */
async function annotations(t: TestContext, lines: string, boxLines = ""): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), "masks-"));
  t.after(() => rmSync(folder, {recursive: true}));
  mkdirSync(join(folder, "masks"));
  writeFileSync(join(folder, "masks.csv"), header + lines);
  writeFileSync(join(folder, "lung_boxes.csv"), boxes + boxLines);
  const background = {r: 57, g: 105, b: 22};
  await sharp({create: {width: 40, height: 20, channels: 3, background}})
    .ensureAlpha()
    .png()
    .toFile(join(folder, "masks/m.png"));
  return folder;
}

test("a mask lies where the decoder puts the pixels that it covers, whatever the copy's size", async (t) => {
  // The area that is marked is white in an image of half the size; decoder and masks cut the same middle out.
  const folder = await annotations(t, "a.png,Left Lung,400,200,60,220,m.png\r\n");
  const data = Buffer.alloc(200 * 100);
  for (let y = 30; y < 40; ++y) data.fill(255, y * 200 + 110, y * 200 + 130);
  const path = join(folder, "a.png");
  await sharp(data, {raw: {width: 200, height: 100, channels: 1}})
    .png()
    .toFile(path);
  const {pixels} = await decodeGrey(path, 50);
  const {lungs, ...others} = await drawMasks(readAreas(folder).get("a.png")!, 50);
  assert.deepEqual(others, {});
  assert.ok(Math.abs(lungs!.reduce((sum, value) => sum + value / 255, 0) - 50) < 2);
  pixels.forEach((value, at) => assert.ok(Math.abs(value - lungs![at]) <= 2, `${value} and ${lungs![at]} at ${at}`));
});

test("regions of several masks are joined, and a box of the lungs is filled", async (t) => {
  const lines =
    "a,Right Lung,400,400,0,0,m.png\na,Left " +
    "Lung,400,400,380,360,m.png\na,Tubings,400,400,100,100,m.png\na,Airways,400,400,0,0,m.png";
  const folder = await annotations(t, lines, "a,400,400,Right Lung,0,100,200,300\n");
  const masks = await drawMasks(readAreas(folder).get("a")!, 100);
  assert.deepEqual(Object.keys(masks), ["lungs", "lung-boxes", "devices"]);
  const area = (mask: Uint8Array) => mask.reduce((sum, value) => sum + value / 255, 0);
  for (const [mask, expected] of [
    [masks.lungs, 100],
    [masks.devices, 50],
    [masks["lung-boxes"], 50 * 75]
  ] as const) {
    assert.ok(Math.abs(area(mask!) - expected) < 0.05 * expected, `${area(mask!)} is not ${expected}`);
  }
  assert.ok(masks.lungs![0] === 255 && masks.lungs![99 * 100 + 99] === 255);
});

test("what is wrong with annotations is named with file and line", async (t) => {
  const folder = await annotations(t, "a,Left Lung,400,x,0,0,m.png\n");
  assert.throws(() => readAreas(folder), {name: "UserError", message: /masks\.csv, line 2: image_height is "x"/});
  writeFileSync(join(folder, "masks.csv"), "filename,region\n");
  assert.throws(() => readAreas(folder), {name: "UserError", message: /no column mask, image_width/});
  writeFileSync(join(folder, "masks.csv"), `${header}a,Left Lung,400,200,190,0,m.png\nb,Left Lung,9,9,0,0,none.png\n`);
  const areas = readAreas(folder);
  await assert.rejects(() => drawMasks(areas.get("a")!, 50), {
    name: "UserError",
    message: /40 x 20 pixels at 0, 190 does not fit an image of 400 x 200/
  });
  await assert.rejects(() => drawMasks(areas.get("b")!, 50), {name: "UserError", message: /none\.png.*missing/});
  rmSync(join(folder, "masks.csv"));
  assert.throws(() => readAreas(folder), {name: "UserError", message: /no annotations.*masks\.csv/});
});

test("an image without a mask has none, and a folder of images has no annotations", async () => {
  const annotations = openAnnotations({name: "folder"});
  const [example] = openPhantom({train: 1, test: 1}).test;
  assert.equal(annotations.has(example), false);
  assert.deepEqual(await annotations.draw(example, 8), {});
});

test("the masks of a phantom are what was drawn", async () => {
  const dataset = openPhantom({train: 1, test: 2, seed: 3, size: 96, marker: {class: "normal"}});
  const {draw} = openAnnotations(dataset);
  const {pixels} = await readPixels(dataset.test, {size: 96});
  for (const [i, example] of dataset.test.entries()) {
    const masks = await draw(example, 96);
    const names = Object.keys(masks).filter((name) => masks[name as "lungs"]);
    const expected = [["opacities", "ground-glass"], ["opacities"], ["opacities", "consolidation"], ["marker"]];
    assert.deepEqual(names, ["lungs", ...expected[example.label]]);
    const image = pixels.data.subarray(i * 96 * 96, (i + 1) * 96 * 96);
    const inside = [...image].filter((_, at) => masks.marker?.[at]);
    assert.ok(inside.every((value) => value === 250));
  }
});

const skip = process.env.COVIDX_DIR ? false : "COVIDX_DIR is not set";

test("annotations of COVIDx can be drawn, and disease lies in the lungs", {skip}, async () => {
  const {train, test: held} = openCovidx();
  const {has, draw} = openAnnotations({name: "covidx"});
  assert.deepEqual(
    [train, held].map((list) => list.filter(has).length),
    [78, 15]
  );
  let [disease, inLungs] = [0, 0];
  for (const example of [...train, ...held].filter(has).filter((_, i) => i % 10 === 0)) {
    const masks = await draw(example, 56);
    assert.ok(masks.lungs ?? masks["lung-boxes"], example.id.file);
    masks.opacities?.forEach((value, at) => {
      disease += masks.lungs ? value : 0;
      inLungs += Math.min(value, masks.lungs?.[at] ?? 0);
    });
  }
  assert.ok(disease > 0 && inLungs > 0.9 * disease, `${inLungs / disease} of the disease`);
});
