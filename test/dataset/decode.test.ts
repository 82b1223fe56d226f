import assert from "node:assert/strict";
import {join} from "node:path";
import test from "node:test";
import sharp from "sharp";
import {decodeGrey, measure, UnreadableImage} from "../../src/lib/dataset/decode.js";
import {drawPhantom} from "../../src/lib/dataset/phantom/draw.js";
import {phantomPath} from "../../src/lib/dataset/phantom/path.js";
import {mulberry32} from "../../src/lib/support/random.js";
import {plainPng, temporaryFolder, write} from "./fixtures.js";

const folder = temporaryFolder();
const save = (name: string, bytes: string | Uint8Array) => write(join(folder, name), bytes);

/** Level of each pixel of a 16x16 ramp. */
const ramp = Uint8Array.from({length: 256}, (_, i) => i);
const raw = (channels: 1 | 2 | 3 | 4) => ({raw: {width: 16, height: 16, channels}});

async function decodesToRamp(name: string, bytes: Uint8Array, tolerance = 0) {
  const {pixels, width, height} = await decodeGrey(save(name, bytes), 16);
  assert.deepEqual([pixels.length, width, height], [256, 16, 16]);
  pixels.forEach((value, i) => assert.ok(Math.abs(value - ramp[i]) <= tolerance, `pixel ${i}: ${value}`));
}

test("8-bit grey comes through unchanged", async () => {
  await decodesToRamp("grey.png", await sharp(ramp, raw(1)).png().toBuffer());
});

test("16-bit grey is scaled, not cut off", async () => {
  const wide = Uint16Array.from(ramp, (level) => level * 257);
  const png = await sharp(wide, raw(1)).toColourspace("grey16").png().toBuffer();
  assert.equal((await sharp(png).metadata()).depth, "ushort");
  await decodesToRamp("grey16.png", png);
});

test("16-bit colour with alpha is scaled too", async () => {
  const wide = Uint16Array.from({length: 1024}, (_, i) => (i % 4 === 3 ? 65535 : ramp[i >> 2] * 257));
  const png = await sharp(wide, raw(4)).toColourspace("rgb16").png().toBuffer();
  assert.equal((await sharp(png).metadata()).depth, "ushort");
  await decodesToRamp("rgba16.png", png);
});

test("grey stored as colour or as a palette is the same grey", async () => {
  const colour = sharp(
    Uint8Array.from({length: 768}, (_, i) => ramp[Math.floor(i / 3)]),
    raw(3)
  );
  await decodesToRamp("rgb.png", await colour.clone().png().toBuffer());
  const palette = await colour.clone().png({palette: true, colours: 256, dither: 0}).toBuffer();
  assert.equal((await sharp(palette).metadata()).isPalette, true);
  await decodesToRamp("palette.png", palette, 3);
});

test("transparent pixels are shown on black", async () => {
  const half = Uint8Array.from({length: 1024}, (_, i) => (i % 4 < 3 ? 200 : i < 512 ? 255 : 0));
  const {pixels} = await decodeGrey(save("rgba.png", await sharp(half, raw(4)).png().toBuffer()), 16);
  assert.equal(pixels[0], 200);
  assert.equal(pixels[255], 0);
  const grey = Uint8Array.from({length: 512}, (_, i) => (i % 2 === 0 ? 200 : i < 256 ? 255 : 0));
  const png = await sharp(grey, raw(2)).png().toBuffer();
  const decoded = (await decodeGrey(save("grey-alpha.png", png), 16)).pixels;
  assert.deepEqual([decoded[0], decoded[255]], [200, 0]);
});

test("a photograph's EXIF orientation is applied, also to its size", async () => {
  const bars = Uint8Array.from({length: 16 * 32}, (_, i) => (i % 32 < 16 ? 0 : 255));
  const jpeg = await sharp(bars, {raw: {width: 32, height: 16, channels: 1}})
    .withMetadata({orientation: 6})
    .jpeg({quality: 100})
    .toBuffer();
  const {pixels, width, height} = await decodeGrey(save("turned.jpg", jpeg), 16, "squash");
  assert.deepEqual([width, height], [16, 32]);
  assert.ok(pixels[0] < 20 && pixels[15] < 20, "dark above");
  assert.ok(pixels[240] > 235 && pixels[255] > 235, "bright below");
});

test("crop cuts the middle out; squash keeps the margins", async () => {
  const margins = Uint8Array.from({length: 64 * 16}, (_, i) => (i % 64 < 16 || i % 64 >= 48 ? 255 : 0));
  const png = await sharp(margins, {raw: {width: 64, height: 16, channels: 1}})
    .png()
    .toBuffer();
  const path = save("wide.png", png);
  const cropped = (await decodeGrey(path, 16, "crop")).pixels;
  const squashed = (await decodeGrey(path, 16, "squash")).pixels;
  assert.ok(cropped.every((value) => value === 0));
  assert.deepEqual([squashed[0], squashed[8], squashed[15]], [255, 0, 255]);
});

test("shrinking averages over all pixels of the original", async () => {
  const stripes = Uint8Array.from({length: 64 * 64}, (_, i) => (i % 2 ? 255 : 0));
  const path = save(
    "stripes.png",
    await sharp(stripes, {raw: {width: 64, height: 64, channels: 1}})
      .png()
      .toBuffer()
  );
  const {pixels} = await decodeGrey(path, 16);
  assert.ok(pixels.every((value) => Math.abs(value - 127.5) < 4));
});

test("what cannot be used fails with its reason, whatever it is called", async () => {
  const random = mulberry32(1);
  const noise = Uint8Array.from({length: 128 * 128}, () => 256 * random());
  const image = () => sharp(noise, {raw: {width: 128, height: 128, channels: 1}});
  const jpeg = await image().jpeg().toBuffer();
  const progressive = await image().jpeg({progressive: true}).toBuffer();
  const png = await image().png().toBuffer();
  const half = (bytes: Buffer) => bytes.subarray(0, bytes.length >> 1);
  const cases: [string, string | Uint8Array | null, RegExp][] = [
    ["absent.png", null, /^missing$/],
    ["empty.jpg", "", /^empty \(0 bytes\)$/],
    ["text.png", "not an image at all", /^not an image$/],
    ["half.jpg", half(jpeg), /^cut short or damaged$/],
    ["last-bytes.jpg", jpeg.subarray(0, jpeg.length - 2), /^cut short or damaged$/],
    ["half-progressive.jpg", half(progressive), /^cut short or damaged$/],
    ["half.png", half(png), /^cut short or damaged$/],
    ["header.jpg", jpeg.subarray(0, 100), /^cut short or damaged$/]
  ];
  for (const [name, bytes, reason] of cases) {
    const path = bytes === null ? join(folder, name) : save(name, bytes);
    for (const attempt of [() => decodeGrey(path, 16), () => decodeGrey(path, 128), () => measure({path})]) {
      await assert.rejects(attempt, (error: UnreadableImage) => {
        assert.ok(error instanceof UnreadableImage, `${name}: ${String(error)}`);
        assert.match(error.reason, reason, name);
        return true;
      });
    }
  }
});

test("a folder in a file's place is unreadable, and the reason holds no path", async () => {
  await assert.rejects(decodeGrey(folder, 16), {name: "UnreadableImage", reason: "cannot be opened (EISDIR)"});
});

test("a phantom's virtual path is drawn, and resized when another size is asked for", async () => {
  const request = {seed: 5, label: 2, size: 32};
  const path = phantomPath(request);
  assert.deepEqual((await decodeGrey({path}, 32)).pixels, drawPhantom(request).pixels);
  const small = await decodeGrey(path, 16);
  assert.deepEqual([small.pixels.length, small.width, small.height], [256, 32, 32]);
  assert.deepEqual(await measure({path}), {width: 32, height: 32});
});

test("measure tells the upright size of a file", async () => {
  const path = save("measured.png", await plainPng(9, 30, 20));
  assert.deepEqual(await measure({path}), {width: 30, height: 20});
});
