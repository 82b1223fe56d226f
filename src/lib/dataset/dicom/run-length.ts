import {damaged} from "../decode/refusal.js";
import type {Header} from "./header.js";

/**
 * Decodes an RLE frame (PS3.5, annex G): a segment for each byte of each sample, the most significant first, packed by
 * Apple's PackBits. Gives samples as little-endian bytes, channels side by side.
 */
export function decodeRunLengths(
  frame: Uint8Array,
  {rows, columns, samplesPerPixel, bitsAllocated}: Header
): Uint8Array {
  const view = new DataView(frame.buffer, frame.byteOffset, frame.byteLength);
  const bytes = bitsAllocated / 8;
  const count = samplesPerPixel * bytes;
  if (frame.length < 64 || view.getUint32(0, true) !== count) throw damaged();
  const pixels = rows * columns;
  const samples = new Uint8Array(pixels * count);
  for (let segment = 0; segment < count; ++segment) {
    const start = view.getUint32(4 + 4 * segment, true);
    const values = unpack(frame.subarray(start), pixels);
    // Segment 0 is the high byte of the first channel.
    const place = Math.floor(segment / bytes) * bytes + (bytes - 1 - (segment % bytes));
    for (let i = 0; i < pixels; ++i) samples[i * count + place] = values[i];
  }
  return samples;
}

function unpack(packed: Uint8Array, length: number): Uint8Array {
  const values = new Uint8Array(length);
  let [from, to] = [0, 0];
  while (to < length) {
    if (from >= packed.length) throw damaged();
    const control = packed[from++];
    if (control < 128) {
      const literal = packed.subarray(from, from + Math.min(control + 1, length - to));
      values.set(literal, to);
      from += control + 1;
      to += control + 1;
      if (from > packed.length) throw damaged();
    } else if (control > 128) {
      values.fill(packed[from++], to, to + 257 - control);
      to += 257 - control;
    }
  }
  return values;
}
