import assert from "node:assert/strict";
import {join} from "node:path";
import test from "node:test";
import sharp from "sharp";
import {decodeGrey} from "../../../src/lib/dataset/decode.js";
import {drawPhantom} from "../../../src/lib/dataset/phantom/draw.js";
import {temporaryFolder, write} from "../fixtures.js";
import {tiff, withChunk} from "./files.js";

const folder = temporaryFolder();
let files = 0;
const decode = (bytes: Uint8Array) => decodeGrey(write(join(folder, `${files++}`), bytes), 48);

const size = 96;
const raw = (channels: 1 | 2 | 3 | 4) => ({raw: {width: size, height: size, channels}});
/** A scene as an 8-bit file holds it, and what that decodes to. */
const scene = drawPhantom({seed: 4, label: 2, size, marker: false}).pixels;
const expected = (async () => (await decode(await sharp(scene, raw(1)).png().toBuffer())).pixels)();

/** Expects the bytes of the 8-bit file of the same scene, within two levels. */
async function alike(name: string, bytes: Uint8Array): Promise<void> {
  const reference = await expected;
  const {pixels} = await decode(bytes);
  const worst = pixels.reduce((most, value, i) => Math.max(most, Math.abs(value - reference[i])), 0);
  assert.ok(worst <= 2, `${name} differs by up to ${worst}`);
}

const refused = (bytes: Uint8Array, reason: RegExp) => assert.rejects(decode(bytes), {name: "UnreadableImage", reason});

const at = (bits: number, levels: ArrayLike<number> = scene) =>
  Uint16Array.from(levels, (level) => Math.round((level / 255) * (2 ** bits - 1)));

const png16 = (values: Uint16Array, channels: 1 | 2 | 3 | 4 = 1) =>
  sharp(values, raw(channels))
    .toColourspace(channels > 2 ? "rgb16" : "grey16")
    .png()
    .toBuffer();

const options = {width: size, bits: 16};

for (const bits of [8, 10, 12, 14, 16]) {
  test(`${bits} bits in a 16-bit file decode as the 8-bit file of the scene, as PNG, TIFF and in colour`, async () => {
    const values = at(bits);
    await alike("PNG", await png16(values));
    await alike("TIFF", tiff(values, options));
    await alike(
      "negative counted from white",
      tiff(
        values.map((value) => 2 ** bits - 1 - value),
        {...options, photometric: 0}
      )
    );
    await alike(
      "negative counted from the end",
      tiff(
        values.map((value) => 65535 - value),
        {...options, photometric: 0}
      )
    );
    await alike(
      "RGB",
      await png16(
        Uint16Array.from({length: 3 * values.length}, (_, i) => values[Math.floor(i / 3)]),
        3
      )
    );
    await alike("32 bits", tiff(Uint32Array.from(values), {width: size, bits: 32}));
    await alike("fractions", tiff(Float32Array.from(values), {width: size, bits: 32, format: 3}));
    if (bits < 16) await alike("signed", tiff(Int16Array.from(values), {...options, format: 2}));
  });
}

test("a negative of 8 bits by its own tag is turned over", async () => {
  await alike(
    "unsigned",
    tiff(
      scene.map((value) => 255 - value),
      {width: size, bits: 8, photometric: 0}
    )
  );
});

test("fractions from 0 to 1 are grey levels; those that fill no known range are refused", async () => {
  const float = (of: (level: number) => number, more = {}) =>
    tiff(Float32Array.from(scene, of), {width: size, bits: 32, format: 3, ...more});
  await alike(
    "0 to 1",
    float((level) => level / 255)
  );
  await alike(
    "1 to 0",
    float((level) => 1 - level / 255, {photometric: 0})
  );
  const dim = await decode(float((level) => level / 510));
  const half = (await expected).map((value) => value / 2);
  assert.ok(
    dim.pixels.every((value, i) => Math.abs(value - half[i]) <= 2),
    "a dim scene stays dim"
  );
  await refused(
    float((level) => level / 100),
    /^has values up to 2\.\d+, which fill neither 0 to 1 nor 0 to 255$/
  );
  await refused(
    float((level) => level / 255 - 0.5),
    /^has negative values \(-0\.\d+ to 0\.\d+\), which are no grey levels$/
  );
  await refused(
    float((level) => level * 1000),
    /^has values up to \d+, beyond 16 bits$/
  );
  await refused(
    float((level) => (level < 20 ? NaN : level)),
    /^holds values that are not numbers$/
  );
});

test("signed values are grey levels where none is negative", async () => {
  const signed = (values: Int16Array) => tiff(values, {...options, format: 2});
  await alike("15 bits", signed(Int16Array.from(at(15))));
  await alike("7 bits", tiff(Int8Array.from(at(7)), {width: size, bits: 8, format: 2}));
  await refused(signed(Int16Array.from(at(12), (value) => value - 1024)), /^has negative values \(-\d+ to \d+\)/);
});

test("few values beyond a depth are letters or dead pixels, many are the picture", async () => {
  const values = at(12);
  const hot = values.slice();
  for (const place of [5, 900, 4000]) hot[place] = 65535;
  const {pixels} = await decode(await png16(hot));
  const reference = await expected;
  const far = pixels.filter((value, i) => Math.abs(value - reference[i]) > 2).length;
  assert.ok(far <= 12, `${far} pixels differ: those beside the dead ones`);
  const ringing = values.map((value) => Math.min(4130, value + (value === 4095 ? 35 : 0)));
  await alike("overshoot of a resampling", await png16(ringing));
  // A twentieth of the picture lies in the upper half of 16 bits.
  const bright = at(
    16,
    scene.map((value, i) => (i < scene.length / 20 ? 255 : value / 8))
  );
  const eight = await decode(
    await sharp(
      scene.map((value, i) => (i < scene.length / 20 ? 255 : value / 8)),
      raw(1)
    )
      .png()
      .toBuffer()
  );
  const decoded = await decode(await png16(bright));
  assert.ok(decoded.pixels.every((value, i) => Math.abs(value - eight.pixels[i]) <= 2));
});

test("a dark scene of full range is not made brighter where the file shows that it has one", async () => {
  const dark = scene.map((value) => value >> 3);
  const reference = (await decode(await sharp(dark, raw(1)).png().toBuffer())).pixels;
  const stays = async (name: string, bytes: Uint8Array) => {
    const {pixels} = await decode(bytes);
    assert.ok(
      pixels.every((value, i) => Math.abs(value - reference[i]) <= 2),
      name
    );
  };
  await stays("bytes repeated", await png16(Uint16Array.from(dark, (value) => value * 257)));
  await stays("bytes shifted", await png16(Uint16Array.from(dark, (value) => value * 256)));
  const noisy = Uint16Array.from(dark, (value, i) => value * 257 + (i % 3));
  await stays("16 significant bits", withChunk(await png16(noisy), "sBIT", Uint8Array.of(16)));
  await stays("12 significant bits, scaled up", withChunk(await png16(noisy), "sBIT", Uint8Array.of(12)));
  const twelve = Uint16Array.from(dark, (value) => value * 16 + 1);
  await stays("12 significant bits, as they were", withChunk(await png16(twelve), "sBIT", Uint8Array.of(12)));
  await stays("the tag MaxSampleValue", tiff(twelve, {...options, more: [[281, 3, 4095]]}));
  await stays("the tag SMaxSampleValue", tiff(noisy, {...options, more: [[341, 3, 65535]]}));
});

test("alpha of 16 bits hides what it hides, and does not count as brightness", async () => {
  const values = at(12);
  const withAlpha = (alpha: number) =>
    Uint16Array.from({length: 2 * size * size}, (_, i) => (i % 2 ? alpha : values[i >> 1]));
  await alike("opaque by 16 bits", await png16(withAlpha(65535), 2));
  await alike("opaque by 12 bits", await png16(withAlpha(4095), 2));
  await refused(await png16(withAlpha(0), 2), /^fully transparent$/);
  const colours = Uint16Array.from({length: 4 * size * size}, (_, i) => (i % 4 === 3 ? 65535 : values[i >> 2]));
  await alike("RGBA", await png16(colours, 4));
});

test("samples that no decoder here reads are refused by what they are", async () => {
  const bytes = new Uint8Array(size * size * 8);
  const of = (bits: number, format: number, photometric = 1, samples = 1) =>
    tiff(bytes.subarray(0, (size * size * bits * samples) / 8), {width: size, bits, format, photometric, samples});
  await refused(
    of(64, 3),
    /^has float samples of 64 bits, which are not read: save it as PNG or TIFF of 8 or 16 bits$/
  );
  await refused(of(16, 3), /^has float samples of 16 bits/);
  await refused(of(12, 1), /^has unsigned samples of 12 bits/);
  await refused(of(64, 6), /^has other samples of 64 bits/);
  await refused(of(16, 1, 5, 4), /^has cmyk colours of more than 8 bits, which are not read: save it in grey$/);
});

test("a photograph of 16 bits is turned upright too", async () => {
  // Orientation 6: the left side of the file is the top of the scene.
  const turned = Uint16Array.from({length: 40 * 80}, (_, i) => (i % 80 < 40 ? 0 : 4095));
  const bytes = tiff(turned, {width: 80, height: 40, bits: 16, more: [[274, 3, 6]]});
  const {pixels, width, height} = await decode(bytes);
  assert.deepEqual([width, height], [40, 80]);
  assert.ok(pixels[0] === 0 && pixels.at(-1) === 255);
});
