import assert from "node:assert/strict";
import {join} from "node:path";
import {test} from "node:test";
import sharp from "sharp";
import {colourOf} from "../../src/lib/dataset/colour.js";
import {phantomPath} from "../../src/lib/dataset/phantom/path.js";
import {temporaryFolder, write} from "./fixtures.js";

const folder = temporaryFolder();
const plain = (background: {r: number; g: number; b: number; alpha?: number}, channels: 3 | 4 = 3) =>
  sharp({create: {width: 90, height: 60, channels, background}});

async function colourOfFile(name: string, bytes: Buffer | string): Promise<number> {
  write(join(folder, name), bytes);
  return colourOf({path: join(folder, name)});
}

test("grey images have no colour, however many channels and bits their files have", async () => {
  const grey = {r: 120, g: 120, b: 120};
  assert.equal(await colourOfFile("rgb.png", await plain(grey).png().toBuffer()), 0);
  assert.equal(await colourOfFile("grey.png", await plain(grey).toColourspace("b-w").png().toBuffer()), 0);
  assert.equal(await colourOfFile("deep.png", await plain(grey).toColourspace("grey16").png().toBuffer()), 0);
  assert.ok((await colourOfFile("grey.jpg", await plain(grey).jpeg().toBuffer())) < 2);
});

test("colour is the mean difference of the channels, palettes and alpha included", async () => {
  const orange = {r: 250, g: 130, b: 10};
  assert.ok(Math.abs((await colourOfFile("orange.png", await plain(orange).png().toBuffer())) - 240) < 2);
  assert.ok(
    Math.abs((await colourOfFile("palette.png", await plain(orange).png({palette: true}).toBuffer())) - 240) < 3
  );
  const half = await plain({...orange, alpha: 0.5}, 4)
    .png()
    .toBuffer();
  assert.ok(Math.abs((await colourOfFile("half.png", half)) - 120) < 4);
});

test("a phantom has none, and what cannot be decoded here neither: whether it can is told elsewhere", async () => {
  assert.equal(await colourOf({path: phantomPath({seed: 1, label: 0, size: 64, marker: false})}), 0);
  assert.equal(await colourOfFile("no.png", "no image"), 0);
  assert.equal(await colourOf({path: join(folder, "absent.png")}), 0);
});
