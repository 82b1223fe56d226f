import {crc32} from "node:zlib";

/** A TIFF of one strip, as its tags say. `photometric` 0: 0 is white; `format` 1 unsigned, 2 signed, 3 fractions. */
export function tiff(
  pixels: ArrayBufferView,
  {width, height = width, bits, format = 1, photometric = 1, samples = 1, more = []}: TiffOptions
): Buffer {
  const data = Buffer.from(pixels.buffer, pixels.byteOffset, pixels.byteLength);
  const entries = [
    [256, 3, width],
    [257, 3, height],
    [258, 3, bits],
    [259, 3, 1],
    [262, 3, photometric],
    [273, 4, 8],
    [277, 3, samples],
    [278, 3, height],
    [279, 4, data.length],
    [339, 3, format],
    ...more
  ].sort(([a], [b]) => a - b);
  const head = Buffer.from("II*\0\0\0\0\0", "latin1");
  head.writeUInt32LE(8 + data.length, 4);
  const directory = Buffer.alloc(2 + 12 * entries.length + 4);
  directory.writeUInt16LE(entries.length, 0);
  entries.forEach(([tag, type, value], i) => {
    directory.writeUInt16LE(tag, 2 + 12 * i);
    directory.writeUInt16LE(type, 4 + 12 * i);
    directory.writeUInt32LE(1, 6 + 12 * i);
    directory.writeUInt32LE(value, 10 + 12 * i);
  });
  return Buffer.concat([head, data, directory]);
}

interface TiffOptions {
  width: number;
  height?: number;
  bits: number;
  format?: number;
  photometric?: number;
  samples?: number;
  /** Further tags: number, type, value. */
  more?: number[][];
}

/** A PNG with a chunk put behind its header. */
export function withChunk(png: Buffer, type: string, data: Uint8Array): Buffer {
  const body = Buffer.concat([Buffer.from(type, "latin1"), data]);
  const [length, checksum] = [Buffer.alloc(4), Buffer.alloc(4)];
  length.writeUInt32BE(data.length);
  checksum.writeUInt32BE(crc32(body));
  // Eight bytes of signature, and the header: four of length, four of type, thirteen of data, four of checksum.
  return Buffer.concat([png.subarray(0, 33), length, body, checksum, png.subarray(33)]);
}
