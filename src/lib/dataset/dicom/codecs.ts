import type {Decoder} from "@cornerstonejs/codec-charls/decodewasmjs";
import {damaged} from "../decode/refusal.js";
import {type FrameSize, jpeg2000Size, jpegSize} from "./frame-size.js";
import {decodeExtended} from "./jpeg-extended.js";

/** Samples of a decompressed frame, little-endian where they have two bytes. */
export interface Decompressed {
  width: number;
  height: number;
  bits: number;
  channels: number;
  isPlanar: boolean;
  bytes: Uint8Array;
}

/** Each is loaded when a file needs it. */
const builds = {
  J2KDecoder: () => import("@cornerstonejs/codec-openjpeg/decodewasmjs"),
  JpegLSDecoder: () => import("@cornerstonejs/codec-charls/decodewasmjs"),
  JPEGDecoder: () => import("@cornerstonejs/codec-libjpeg-turbo-8bit/decodewasmjs")
};

const loaded = new Map<keyof typeof builds, Promise<new () => Decoder>>();

async function load(name: keyof typeof builds): Promise<new () => Decoder> {
  const silent = {print: () => {}, printErr: () => {}};
  const codec = loaded.get(name) ?? builds[name]().then(async ({default: start}) => (await start(silent))[name]);
  loaded.set(name, codec);
  return codec;
}

async function decodeBy(name: keyof typeof builds, frame: Uint8Array): Promise<Decompressed> {
  const decoder = new (await load(name))();
  try {
    decoder.getEncodedBuffer(frame.length).set(frame);
    decoder.decode();
    const {width, height, bitsPerSample: bits, componentCount: channels} = decoder.getFrameInfo();
    const bytes = decoder.getDecodedBuffer().slice();
    const isPlanar = channels > 1 && decoder.getInterleaveMode?.() === 0;
    decoder.delete();
    return {width, height, bits, channels, isPlanar, bytes};
  } catch (error) {
    // What has met damage may be damaged itself: the next file gets a new one.
    loaded.delete(name);
    throw damaged(error);
  }
}

/** JPEG whose samples have 8 bits, or up to 12 in process 4. */
async function decodeJpeg(frame: Uint8Array): Promise<Decompressed> {
  if (jpegSize(frame).bits <= 8) return decodeBy("JPEGDecoder", frame);
  const {samples, ...size} = decodeExtended(frame);
  return {...size, channels: 1, isPlanar: false, bytes: new Uint8Array(samples.buffer)};
}

/** The decoder goes on with zeros where data end, so that the marker behind them has to be there. */
async function decodeLossless(frame: Uint8Array): Promise<Decompressed> {
  if (!endsWithMarker(frame)) throw damaged();
  const {Decoder: Lossless} = await import("@cornerstonejs/jpeg-lossless-decoder-js");
  try {
    const decoder = new Lossless();
    const {buffer, byteOffset, byteLength} = decoder.decode(frame.slice().buffer);
    const {dimX: width, dimY: height, numComp: channels, precision: bits} = decoder.frame;
    return {width, height, bits, channels, isPlanar: false, bytes: new Uint8Array(buffer, byteOffset, byteLength)};
  } catch (error) {
    throw damaged(error);
  }
}

/** Whether JPEG's end of image closes a frame, but for bytes that fill it up. */
function endsWithMarker(frame: Uint8Array): boolean {
  const last = frame.findLastIndex((byte) => byte !== 0);
  return last > 0 && frame[last - 1] === 0xff && frame[last] === 0xd9;
}

/** How frames of a transfer syntax are decoded, and what they say of their size. */
export interface Codec {
  size(frame: Uint8Array): FrameSize;
  decode(frame: Uint8Array): Promise<Decompressed>;
}

const jpeg: Codec = {size: jpegSize, decode: decodeJpeg};
const lossless: Codec = {size: jpegSize, decode: decodeLossless};
const jpegLs: Codec = {size: jpegSize, decode: (frame) => decodeBy("JpegLSDecoder", frame)};
const jpeg2000: Codec = {size: jpeg2000Size, decode: (frame) => decodeBy("J2KDecoder", frame)};

/** Compressed transfer syntaxes that are read (PS3.6, table A-1), but for run lengths. */
export const codecs = new Map<string, Codec>([
  ["1.2.840.10008.1.2.4.50", jpeg], // baseline
  ["1.2.840.10008.1.2.4.51", jpeg], // extended
  ["1.2.840.10008.1.2.4.57", lossless], // any predictor
  ["1.2.840.10008.1.2.4.70", lossless], // first-order prediction
  ["1.2.840.10008.1.2.4.80", jpegLs],
  ["1.2.840.10008.1.2.4.81", jpegLs], // near-lossless
  ["1.2.840.10008.1.2.4.90", jpeg2000], // lossless
  ["1.2.840.10008.1.2.4.91", jpeg2000]
]);
