import {readFileSync} from "node:fs";
import {UserError} from "../../support/errors.js";
import {writeAtomic} from "../../support/files.js";
import type {NamedWeights} from "../architecture.js";
import {fromFloat16, toFloat16} from "./float16.js";
import {parseHeader} from "./safetensors-header.js";

/** A file's tensors in the order of their data, and its notes. */
export interface TensorFile {
  metadata: Record<string, string>;
  weights: NamedWeights;
}

const decoders: Record<string, (data: ArrayBuffer) => Float32Array> = {
  F64: (data) => Float32Array.from(new Float64Array(data)),
  F32: (data) => new Float32Array(data),
  F16: (data) => Float32Array.from(new Uint16Array(data), fromFloat16),
  // A bfloat16 is the upper half of a float32.
  BF16: (data) => new Float32Array(Uint32Array.from(new Uint16Array(data), (half) => half << 16).buffer),
  I64: (data) => Float32Array.from(new BigInt64Array(data) as Iterable<unknown> as Iterable<number>, Number)
};

/**
 * Reads a `.safetensors` file; every type becomes float32.
 * @throws UserError where the header is not what the format demands, overruns the file, or names a type that is not
 *   read
 */
export function readSafetensors(path: string): TensorFile {
  const bytes = readFileSync(path);
  const {metadata, tensors, start} = parseHeader(bytes, path);
  const weights: NamedWeights = new Map();
  for (const {name, dtype, shape, begin, end} of tensors) {
    // A copy, since a typed array must start at a multiple of its element's size.
    const from = bytes.byteOffset + start;
    weights.set(name, {shape, data: decoders[dtype](bytes.buffer.slice(from + begin, from + end) as ArrayBuffer)});
  }
  return {metadata, weights};
}

export interface WriteOptions {
  metadata?: Record<string, string>;
  /** Halves the file; each value is rounded to the nearest of 11 significant bits. */
  float16?: boolean;
}

/**
 * Writes weights, in their order, as `.safetensors`: float32 bit for bit, or float16.
 * @throws UserError where the file cannot be written or a value is too large for float16
 */
export function writeSafetensors(path: string, weights: NamedWeights, options: WriteOptions = {}): void {
  const {metadata, float16 = false} = options;
  const header: Record<string, unknown> = metadata ? {__metadata__: metadata} : {};
  const parts: Uint8Array[] = [];
  let offset = 0;
  for (const [name, {shape, data}] of weights) {
    const part = float16 ? halves(name, data) : new Uint8Array(data.buffer, data.byteOffset, data.byteLength);
    header[name] = {dtype: float16 ? "F16" : "F32", shape, data_offsets: [offset, (offset += part.length)]};
    parts.push(part);
  }
  const text = Buffer.from(JSON.stringify(header));
  // Spaces align the data, so that a reader may map them.
  const padded = Buffer.concat([text, Buffer.alloc((8 - (text.length % 8)) % 8, " ")]);
  const length = Buffer.alloc(8);
  length.writeBigUInt64LE(BigInt(padded.length));
  writeAtomic(path, Buffer.concat([length, padded, ...parts]));
}

/** Values as the bytes of float16, little-endian. Throws UserError where one is too large. */
export function halves(name: string, data: Float32Array): Uint8Array {
  const rounded = Uint16Array.from(data, toFloat16);
  const overflow = rounded.findIndex((half, i) => (half & 0x7fff) === 0x7c00 && Number.isFinite(data[i]));
  if (overflow < 0) return new Uint8Array(rounded.buffer);
  throw new UserError(`${name} holds ${data[overflow]}, beyond float16's largest number, 65504.`, {
    hint: "Write it as float32."
  });
}
