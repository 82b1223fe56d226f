import assert from "node:assert/strict";
import test from "node:test";
import {decodeExtended} from "../../../src/lib/dataset/dicom/jpeg-extended.js";

/** Bits as bytes, filled up with ones; a zero follows 0xff. */
function pack(bits: string): number[] {
  const bytes = bits
    .padEnd(Math.ceil(bits.length / 8) * 8, "1")
    .match(/.{8}/g)!
    .map((byte) => parseInt(byte, 2));
  return bytes.flatMap((byte) => (byte === 0xff ? [0xff, 0] : [byte]));
}

const segment = (marker: number, data: number[]) => [
  0xff,
  marker,
  (data.length + 2) >> 8,
  (data.length + 2) & 255,
  ...data
];

interface Coded {
  width: number;
  height: number;
  bits?: number;
  frame?: number;
  channels?: number;
  /** Codes of the blocks between two restarts. */
  scans: string[];
  restartInterval?: number;
}

/**
 * Code of symbol k, of 16 whose codes have 5 bits each: DC sizes, and of AC the end of a block (0) and single sizes.
 */
const code = (symbol: number) => symbol.toString(2).padStart(5, "0");

function jpeg({width, height, bits = 12, frame = 0xc1, channels = 1, scans, restartInterval = 0}: Coded): Uint8Array {
  const counts = [0, 0, 0, 0, 16, ...Array<number>(11).fill(0)];
  const symbols = Array.from({length: 16}, (_, i) => i);
  const channel = (id: number) => [id, 0x11, 0];
  const head = [
    ...segment(0xdb, [0x00, ...Array<number>(64).fill(8)]),
    ...segment(frame, [
      bits,
      height >> 8,
      height & 255,
      width >> 8,
      width & 255,
      channels,
      ...Array.from({length: channels}, (_, i) => channel(i + 1)).flat()
    ]),
    ...segment(0xc4, [0x00, ...counts, ...symbols, 0x10, ...counts, ...symbols]),
    ...(restartInterval ? segment(0xdd, [0, restartInterval]) : []),
    ...segment(0xda, [1, 1, 0x00, 0, 63, 0])
  ];
  const coded = scans.flatMap((scan, i) => [...(i > 0 ? [0xff, 0xd0 + ((i - 1) % 8)] : []), ...pack(scan)]);
  return Uint8Array.from([0xff, 0xd8, ...head, ...coded, 0xff, 0xd9]);
}

/** A block of one level, a difference to the one before it in steps of 8 / 8 = 1: its size, its bits, and the end. */
function flat(difference: number): string {
  const size = difference === 0 ? 0 : Math.floor(Math.log2(Math.abs(difference))) + 1;
  const value = difference < 0 ? difference + (1 << size) - 1 : difference;
  return code(size) + (size > 0 ? value.toString(2).padStart(size, "0") : "") + code(0);
}

test("blocks of one level have the level around the middle of 12 bits, also where they stick out", () => {
  const {width, height, bits, samples} = decodeExtended(
    jpeg({width: 12, height: 9, scans: [flat(100) + flat(-300) + flat(0) + flat(2040)]})
  );
  assert.deepEqual([width, height, bits], [12, 9, 12]);
  const at = (x: number, y: number) => samples[y * 12 + x];
  assert.deepEqual([at(0, 0), at(7, 7), at(8, 0), at(11, 7)], [2148, 2148, 1848, 1848]);
  assert.deepEqual([at(0, 8), at(7, 8), at(8, 8), at(11, 8)], [1848, 1848, 3888, 3888]);
});

test("values end at black and white", () => {
  const {samples} = decodeExtended(jpeg({width: 16, height: 8, scans: [flat(3000) + flat(-6500)]}));
  assert.deepEqual([samples[0], samples[15]], [4095, 0]);
});

test("a frequency is a cosine across the block, of a sign that its first bit tells", () => {
  // No difference, then the first frequency along rows: size 7, 100 and -100.
  const block = (value: string) => code(0) + code(7) + value + code(0);
  const {samples} = decodeExtended(
    jpeg({width: 16, height: 8, scans: [block((100).toString(2)) + block((27).toString(2).padStart(7, "0"))]})
  );
  for (let x = 0; x < 8; ++x) {
    // A quarter of cos((2x + 1) pi / 16), both dimensions' scales of 1/sqrt(8) and 1/2 taken together, times 8 x 100.
    const wave = (800 / (2 * Math.sqrt(8))) * Math.cos(((2 * x + 1) * Math.PI) / 16);
    assert.ok(Math.abs(samples[x] - (2048 + wave)) <= 0.51, `${x}: ${samples[x]}`);
    assert.ok(Math.abs(samples[8 + x] - (2048 - wave)) <= 0.51);
    assert.equal(samples[7 * 16 + x], samples[x]);
  }
});

test("levels begin anew behind a restart", () => {
  const {samples} = decodeExtended(
    jpeg({width: 32, height: 8, restartInterval: 2, scans: [flat(10) + flat(20), flat(5) + flat(0)]})
  );
  assert.deepEqual(
    [0, 8, 16, 24].map((x) => samples[x]),
    [2058, 2078, 2053, 2053]
  );
});

test("what is cut short is damaged, and rare kinds are told", () => {
  const whole = jpeg({width: 32, height: 8, scans: [flat(10) + flat(20) + flat(5) + flat(0)]});
  for (const length of [0, 2, 30, 100, whole.length - 6]) {
    assert.throws(() => decodeExtended(whole.subarray(0, length)), {name: "Refusal", message: "cut short or damaged"});
  }
  const refused = (coded: Partial<Coded>) =>
    assert.throws(() => decodeExtended(jpeg({width: 8, height: 8, scans: [flat(1)], ...coded})), /rare kind of JPEG/);
  refused({frame: 0xc2});
  refused({bits: 16});
  refused({channels: 3});
});
