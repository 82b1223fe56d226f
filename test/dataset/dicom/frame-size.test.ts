import assert from "node:assert/strict";
import test from "node:test";
import sharp from "sharp";
import {jpeg2000Size, jpegSize} from "../../../src/lib/dataset/dicom/frame-size.js";

test("a JPEG says its size before it is decoded, whatever stands before its frame", async () => {
  const pixels = new Uint8Array(50 * 40).fill(7);
  const image = sharp(pixels, {raw: {width: 50, height: 40, channels: 1}});
  const jpeg = await image.withMetadata({density: 100}).jpeg({progressive: true}).toBuffer();
  assert.deepEqual(jpegSize(jpeg), {width: 50, height: 40, bits: 8});
  const filled = Buffer.concat([jpeg.subarray(0, 2), Buffer.of(0xff, 0xff), jpeg.subarray(2)]);
  assert.deepEqual(jpegSize(filled), {width: 50, height: 40, bits: 8});
  const ls = Uint8Array.of(0xff, 0xd8, 0xff, 0xf7, 0, 11, 12, 1, 2, 3, 4, 1, 1, 0x11, 0);
  assert.deepEqual(jpegSize(ls), {width: 772, height: 258, bits: 12});
  for (const bytes of [jpeg.subarray(0, 30), new Uint8Array(100), new Uint8Array(0)]) {
    assert.throws(() => jpegSize(bytes), {message: "cut short or damaged"});
  }
});

test("a JPEG 2000 codestream says its size, also inside of a JP2 file", () => {
  const codestream = Buffer.alloc(60);
  codestream.writeUInt32BE(0xff4fff51, 0);
  [310, 220, 10, 20].forEach((value, i) => codestream.writeUInt32BE(value, 8 + 4 * i));
  codestream.writeUInt8(0x80 | 11, 42);
  const size = {width: 300, height: 200, bits: 12};
  assert.deepEqual(jpeg2000Size(codestream), size);
  assert.deepEqual(jpeg2000Size(Buffer.concat([Buffer.alloc(85), codestream])), size);
  assert.throws(() => jpeg2000Size(codestream.subarray(0, 30)), {message: "cut short or damaged"});
});
