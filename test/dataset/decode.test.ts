import assert from "node:assert/strict";
import {execFileSync} from "node:child_process";
import {mkdirSync, symlinkSync} from "node:fs";
import {createServer} from "node:net";
import {join} from "node:path";
import test from "node:test";
import sharp from "sharp";
import {decodeGrey, measure, UnreadableImage} from "../../src/lib/dataset/decode.js";
import {drawPhantom} from "../../src/lib/dataset/phantom/draw.js";
import {phantomPath} from "../../src/lib/dataset/phantom/path.js";
import {mulberry32} from "../../src/lib/measures/random.js";
import {plainPng, temporaryFolder, write} from "./fixtures.js";

const folder = temporaryFolder();
const save = (name: string, bytes: string | Uint8Array) => write(join(folder, name), bytes);

const side = 32;
/** Level of each pixel of a ramp: every level four times. */
const ramp = Uint8Array.from({length: side * side}, (_, i) => i >> 2);
const raw = (channels: 1 | 2 | 3 | 4) => ({raw: {width: side, height: side, channels}});

async function decodesToRamp(name: string, bytes: Uint8Array, tolerance = 0) {
  const {pixels, width, height} = await decodeGrey(save(name, bytes), side);
  assert.deepEqual([pixels.length, width, height], [side * side, side, side]);
  pixels.forEach((value, i) => assert.ok(Math.abs(value - ramp[i]) <= tolerance, `pixel ${i}: ${value}`));
}

/** Expects every way to decode a file to fail with one reason. */
async function refused(path: string, reason: RegExp) {
  for (const attempt of [() => decodeGrey(path, 16), () => decodeGrey(path, 128), () => measure({path})]) {
    await assert.rejects(attempt, (error: UnreadableImage) => {
      assert.ok(error instanceof UnreadableImage, `${path}: ${String(error)}`);
      assert.match(error.reason, reason, path);
      return true;
    });
  }
}

test("8-bit grey comes through unchanged", async () => {
  await decodesToRamp("grey.png", await sharp(ramp, raw(1)).png().toBuffer());
});

test("8-bit grey is reduced by a triangle filter and cut, as ever: published results were computed from these bytes", async () => {
  const random = mulberry32(3);
  const noise = Uint8Array.from({length: 90 * 70}, () => 256 * random());
  const image = () => sharp(noise, {raw: {width: 90, height: 70, channels: 1}});
  const expected = async (bytes: Buffer, fit: "cover" | "fill") =>
    sharp(bytes).resize(40, 40, {fit, kernel: "linear"}).toColourspace("b-w").raw().toBuffer();
  for (const [name, bytes] of [
    ["noise.png", await image().png().toBuffer()],
    ["noise.jpg", await image().jpeg().toBuffer()],
    ["colour.jpg", await image().toColourspace("srgb").jpeg().toBuffer()],
    ["noise.webp", await image().webp({lossless: true}).toBuffer()],
    ["noise.tif", await image().tiff().toBuffer()]
  ] as const) {
    const path = save(name, bytes);
    assert.deepEqual((await decodeGrey(path, 40, "crop")).pixels, await expected(bytes, "cover"), name);
    assert.deepEqual((await decodeGrey(path, 40, "squash")).pixels, await expected(bytes, "fill"), name);
  }
});

test("16-bit grey is scaled, not cut off", async () => {
  const wide = Uint16Array.from(ramp, (level) => level * 257);
  const png = await sharp(wide, raw(1)).toColourspace("grey16").png().toBuffer();
  assert.equal((await sharp(png).metadata()).depth, "ushort");
  await decodesToRamp("grey16.png", png);
});

test("grey stored as colour or as a palette is the same grey", async () => {
  const colour = sharp(
    Uint8Array.from({length: 3 * ramp.length}, (_, i) => ramp[Math.floor(i / 3)]),
    raw(3)
  );
  await decodesToRamp("rgb.png", await colour.clone().png().toBuffer());
  const palette = await colour.clone().png({palette: true, colours: 256, dither: 0}).toBuffer();
  assert.equal((await sharp(palette).metadata()).isPalette, true);
  await decodesToRamp("palette.png", palette, 3);
});

test("transparent pixels are shown on black, and what is transparent all over is refused", async () => {
  const half = Uint8Array.from({length: 4 * ramp.length}, (_, i) => (i % 4 < 3 ? 200 : i < 2 * ramp.length ? 255 : 0));
  const {pixels} = await decodeGrey(save("rgba.png", await sharp(half, raw(4)).png().toBuffer()), side);
  assert.deepEqual([pixels[0], pixels.at(-1)], [200, 0]);
  const grey = Uint8Array.from({length: 2 * ramp.length}, (_, i) => (i % 2 === 0 ? 200 : i < ramp.length ? 255 : 0));
  const decoded = await decodeGrey(save("grey-alpha.png", await sharp(grey, raw(2)).png().toBuffer()), side);
  assert.deepEqual([decoded.pixels[0], decoded.pixels.at(-1)], [200, 0]);
  const hidden = half.map((_, i) => (i % 4 < 3 ? ramp[i >> 2] : 0));
  await refused(save("hidden.png", await sharp(hidden, raw(4)).png().toBuffer()), /^fully transparent$/);
  await refused(save("hidden.webp", await sharp(hidden, raw(4)).webp().toBuffer()), /^fully transparent$/);
});

test("a photograph's EXIF orientation is applied, also to its size", async () => {
  const bars = Uint8Array.from({length: 32 * 64}, (_, i) => (i % 64 < 32 ? 0 : 255));
  const jpeg = await sharp(bars, {raw: {width: 64, height: 32, channels: 1}})
    .withMetadata({orientation: 6})
    .jpeg({quality: 100})
    .toBuffer();
  const {pixels, width, height} = await decodeGrey(save("turned.jpg", jpeg), 16, "squash");
  assert.deepEqual([width, height], [32, 64]);
  assert.ok(pixels[0] < 20 && pixels[15] < 20, "dark above");
  assert.ok(pixels[240] > 235 && pixels[255] > 235, "bright below");
});

test("crop cuts the middle out; squash keeps the margins", async () => {
  const margins = Uint8Array.from({length: 128 * 32}, (_, i) => (i % 128 < 32 || i % 128 >= 96 ? 255 : i % 32));
  const png = await sharp(margins, {raw: {width: 128, height: 32, channels: 1}})
    .png()
    .toBuffer();
  const path = save("wide.png", png);
  const cropped = (await decodeGrey(path, 16, "crop")).pixels;
  const squashed = (await decodeGrey(path, 16, "squash")).pixels;
  assert.ok(cropped.every((value) => value < 32));
  assert.ok(squashed[0] === 255 && squashed[8] < 32 && squashed[15] === 255);
});

test("shrinking averages over all pixels of the original", async () => {
  const stripes = Uint8Array.from({length: 64 * 64}, (_, i) => (i < 32 ? 0 : i % 2 ? 255 : 0));
  const png = await sharp(stripes, {raw: {width: 64, height: 64, channels: 1}})
    .png()
    .toBuffer();
  const {pixels} = await decodeGrey(save("stripes.png", png), 16);
  assert.ok(pixels.slice(32).every((value) => Math.abs(value - 127.5) < 4));
});

test("what cannot be used fails with its reason, whatever it is called", async () => {
  const random = mulberry32(1);
  const noise = Uint8Array.from({length: 128 * 128}, () => 256 * random());
  const image = () => sharp(noise, {raw: {width: 128, height: 128, channels: 1}});
  const jpeg = await image().jpeg().toBuffer();
  const progressive = await image().jpeg({progressive: true}).toBuffer();
  const png = await image().png().toBuffer();
  const tiff = await image().tiff({compression: "lzw"}).toBuffer();
  const half = (bytes: Buffer) => bytes.subarray(0, bytes.length >> 1);
  const cut = /^cut short or damaged$/;
  await refused(join(folder, "absent.png"), /^missing$/);
  for (const [name, bytes, reason] of [
    ["empty.jpg", "", /^empty \(0 bytes\)$/],
    ["text.png", "not an image at all", /^not an image but text$/],
    ["noise.png", noise, /^not an image$/],
    ["half.jpg", half(jpeg), cut],
    ["last-bytes.jpg", jpeg.subarray(0, jpeg.length - 2), cut],
    ["half-progressive.jpg", half(progressive), cut],
    ["half.png", half(png), cut],
    ["half.tif", half(tiff), cut],
    ["header.jpg", jpeg.subarray(0, 100), cut],
    ["header.png", png.subarray(0, 20), cut],
    ["header.tif", tiff.subarray(0, 6), cut]
  ] as [string, string | Uint8Array, RegExp][]) {
    await refused(save(name, bytes), reason);
  }
});

test(
  "what is no file is refused at once, also where reading it would never end",
  {skip: process.platform === "win32"},
  async () => {
    const place = temporaryFolder();
    const at = (name: string) => join(place, name);
    mkdirSync(at("folder.png"));
    execFileSync("mkfifo", [at("pipe.png")]);
    symlinkSync("circle.png", at("circle.png"));
    symlinkSync("/dev/zero", at("zero.png"));
    const server = createServer().listen(at("socket.png"));
    await new Promise((ready) => server.once("listening", ready));
    await refused(at("folder.png"), /^a folder, not a file$/);
    await refused(at("pipe.png"), /^a pipe, not a file$/);
    await refused(at("circle.png"), /^a link that leads in a circle$/);
    await refused(at("zero.png"), /^a device, not a file$/);
    await refused(at("socket.png"), /^a socket, not a file$/);
    server.close();
  }
);

test("what no network should be asked about is refused: narrow, tiny, or of one level", async () => {
  const plain = async (name: string, width: number, height: number, level: (i: number) => number) => {
    const pixels = Uint8Array.from({length: width * height}, (_, i) => level(i));
    return save(
      name,
      await sharp(pixels, {raw: {width, height, channels: 1}})
        .png()
        .toBuffer()
    );
  };
  const varied = (i: number) => i % 251;
  await refused(await plain("one.png", 1, 1, varied), /^1 x 1 pixels: each side needs 32 or more$/);
  await refused(await plain("line.png", 1000, 1, varied), /^1000 x 1 pixels: each side needs 32/);
  await refused(await plain("small.png", 31, 40, varied), /^31 x 40 pixels: each side needs 32/);
  await refused(
    await plain("narrow.png", 40, 161, varied),
    /^40 x 161 pixels: one side may be at most 4 times the other$/
  );
  await refused(await plain("black.png", 200, 200, () => 0), /^nothing but one grey level$/);
  await refused(await plain("grey.png", 200, 200, () => 90), /^nothing but one grey level$/);
  for (const [width, height] of [
    [32, 32],
    [40, 160]
  ]) {
    const path = await plain(`${width}.png`, width, height, varied);
    assert.deepEqual(await measure({path}), {width, height});
  }
});

test("an image that would take too much memory is refused by its header", async () => {
  // 20000 x 20000 pixels of four channels and 16 bits: 3.2 GB, in a file of a few kilobytes.
  const header = Buffer.alloc(25);
  header.write("\0\0\0\rIHDR", 0, "latin1");
  header.writeUInt32BE(20000, 8);
  header.writeUInt32BE(20000, 12);
  header.set([16, 6, 0, 0, 0], 16);
  const png = await sharp(ramp, raw(1)).png().toBuffer();
  const {crc32} = await import("node:zlib");
  header.writeUInt32BE((crc32 as (bytes: Buffer) => number)(header.subarray(4, 21)), 21);
  const bomb = Buffer.concat([png.subarray(0, 8), header, png.subarray(33)]);
  await refused(
    save("bomb.png", bomb),
    /^20000 x 20000 pixels take 9,600 MB to decode, more than 537 MB: make it smaller$/
  );
});

test("of several pages the first is taken, with a note", async () => {
  const [one, two] = await Promise.all([ramp, ramp.toReversed()].map((page) => sharp(page, raw(1)).png().toBuffer()));
  const animated = await sharp([one, two], {join: {animated: true}})
    .gif()
    .toBuffer();
  const {notes} = await decodeGrey(save("two.gif", animated), side);
  assert.deepEqual(notes, ["the first of 2 pages is taken"]);
  assert.deepEqual((await decodeGrey(save("page.png", one), side)).notes, []);
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
  const path = save("measured.png", await plainPng(9, 50, 40));
  assert.deepEqual(await measure({path}), {width: 50, height: 40});
});
