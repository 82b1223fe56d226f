import {damaged} from "../decode/refusal.js";

/** What a compressed frame says of itself, before memory is taken to decode it. */
export interface FrameSize {
  width: number;
  height: number;
  /** Of a sample. */
  bits: number;
}

/** Markers that begin a frame's header: SOF0 to SOF15 but for tables, and JPEG-LS's SOF55. */
const isFrameHeader = (marker: number) =>
  (marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker)) || marker === 0xf7;

/** Reads the header of JPEG and JPEG-LS (ITU-T T.81, B.2.2). Throws `Refusal` where no header is found. */
export function jpegSize(frame: Uint8Array): FrameSize {
  const two = (at: number) => (frame[at] << 8) | frame[at + 1];
  for (let at = 2; at + 9 <= frame.length && frame[at] === 0xff; at += 2 + two(at + 2)) {
    while (frame[at + 1] === 0xff) at += 1; // fills up
    if (isFrameHeader(frame[at + 1])) return {bits: frame[at + 4], height: two(at + 5), width: two(at + 7)};
  }
  throw damaged();
}

/**
 * Reads the header of JPEG 2000: its segment SIZ follows the start of the codestream (ITU-T T.800, A.5.1), which a JP2
 * file may enclose.
 */
export function jpeg2000Size(frame: Uint8Array): FrameSize {
  const view = new DataView(frame.buffer, frame.byteOffset, frame.byteLength);
  const last = Math.min(frame.length - 43, 65536);
  for (let at = 0; at <= last; ++at) {
    if (view.getUint32(at) !== 0xff4fff51) continue;
    const [right, bottom, left, top] = [8, 12, 16, 20].map((offset) => view.getUint32(at + offset));
    return {width: right - left, height: bottom - top, bits: (view.getUint8(at + 42) & 0x7f) + 1};
  }
  throw damaged();
}
