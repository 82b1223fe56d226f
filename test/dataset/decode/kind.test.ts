import assert from "node:assert/strict";
import {join} from "node:path";
import test from "node:test";
import {gzipSync} from "node:zlib";
import sharp from "sharp";
import {decodeGrey} from "../../../src/lib/dataset/decode.js";
import {zip} from "../../support/zip.js";
import {temporaryFolder, write} from "../fixtures.js";

const folder = temporaryFolder();

/** A file that begins as one of its kind does, and goes on with anything. */
const beginning = (text: string, at = 0) => {
  const bytes = Buffer.alloc(1024, 7);
  bytes.fill(0, 0, at);
  bytes.write(text, at, "latin1");
  return bytes;
};

const bmp = beginning("BM\x36\x00\x03\x00\x00\x00\x00\x00\x36\x00\x00\x00\x28\x00\x00\x00");
const iso = (brand: string) => beginning(`\0\0\0\x18ftyp${brand}\0\0\0\0mif1${brand}`);

const kinds: [name: string, bytes: Uint8Array | string, reason: RegExp][] = [
  ["BMP", bmp, /^a BMP image, which is not read here: convert it to PNG$/],
  [
    "JPEG 2000",
    beginning("\0\0\0\x0cjP  \r\n\x87\n\0\0\0\x14ftypjp2 \0\0\0\0jp2 "),
    /^a JP2 image, .*: convert it to PNG$/
  ],
  ["JPEG 2000 codestream", beginning("\xff\x4f\xff\x51\0\x2f"), /^a J2C image, .*: convert it to PNG$/],
  ["JPEG-LS", beginning("\xff\xd8\xff\xf7\0\x0b"), /^a JLS image/],
  ["HEIC", iso("heic"), /^an HEIC image, .*: convert it to PNG$/],
  ["JPEG XL", beginning("\xff\x0a\xfa"), /^a JXL image/],
  ["PSD", beginning("8BPS\0\x01"), /^a PSD image/],
  ["PDF", beginning("%PDF-1.7\n"), /^a PDF document, which is not read here: save its pictures as PNG$/],
  ["ZIP", zip([{name: "a.txt", content: Buffer.from("a")}]), /^a ZIP archive, which is not read here: unpack it$/],
  ["gzip", gzipSync("a"), /^a GZ archive, .*: unpack it$/],
  ["NIfTI", beginning("n+1\0", 344), /^a NIfTI volume, .*: give the radiograph as DICOM, PNG or TIFF$/],
  [
    "MetaImage",
    "ObjectType = Image\nNDims = 2\n",
    /^a MetaImage \(MHA\), .*: give the radiograph as DICOM, PNG or TIFF$/
  ],
  ["NRRD", "NRRD0004\ntype: short\n", /^an NRRD volume/],
  ["NumPy", beginning("\x93NUMPY\x01\0"), /^a NumPy array/],
  ["HDF5", beginning("\x89HDF\r\n\x1a\n"), /^an HDF5 file/],
  ["PGM", "P5 2 2 255\nabcd", /^a Netpbm image, .*: convert it to PNG$/],
  [
    "SVG",
    '<svg xmlns="http://www.w3.org/2000/svg" width="99" height="99"/>',
    /^an SVG drawing, .*: convert it to PNG$/
  ],
  [
    "SVG with a prologue",
    '<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>',
    /^an SVG drawing/
  ],
  ["MP4", iso("isom"), /^an MP4 video, which is not read here$/],
  ["text", "patient,finding\n1,normal\nMüller,ö\n", /^not an image but text$/],
  ["page", "<!DOCTYPE html><title>404</title>", /^not an image but text$/],
  ["bytes", Uint8Array.from({length: 3000}, (_, i) => (i * 37) % 251), /^not an image$/]
];

for (const [kind, bytes, reason] of kinds) {
  test(`${kind} is named by what it is, whatever it is called and whatever size is asked for`, async () => {
    for (const name of ["scan.png", "scan.dcm", "scan"]) {
      const path = write(join(folder, kind, name), bytes);
      for (const size of [32, 224]) await assert.rejects(decodeGrey(path, size), {name: "UnreadableImage", reason});
    }
  });
}

test("a readable image is read whatever it is called", async () => {
  const pixels = Uint8Array.from({length: 64 * 64}, (_, i) => i % 251);
  const png = await sharp(pixels, {raw: {width: 64, height: 64, channels: 1}})
    .png()
    .toBuffer();
  for (const name of ["picture.jpg", "picture.dcm", "picture.bmp", "picture"]) {
    assert.equal((await decodeGrey(write(join(folder, name), png), 64)).width, 64);
  }
});
