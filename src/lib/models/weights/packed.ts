import type {NamedWeights} from "../architecture.js";
import {fromFloat16} from "./float16.js";
import {halves} from "./safetensors.js";

/** Weights one after the other as float16, little-endian, with the names and shapes by which they are told apart. */
export interface PackedWeights {
  tensors: {name: string; shape: number[]}[];
  bytes: Uint8Array;
}

/** Rounds weights to float16 and joins them. Throws UserError where a value is beyond float16's largest. */
export function pack(weights: NamedWeights): PackedWeights {
  const tensors = [...weights].map(([name, {shape}]) => ({name, shape}));
  return {tensors, bytes: Uint8Array.from(Buffer.concat([...weights].map(([name, {data}]) => halves(name, data))))};
}

/** The inverse of `pack`, but for the rounding. */
export function unpack({tensors, bytes}: PackedWeights): NamedWeights {
  const values = Float32Array.from(new Uint16Array(bytes.slice().buffer), fromFloat16);
  const ends = endsOf(tensors);
  return new Map(tensors.map(({name, shape}, i) => [name, {shape, data: values.slice(ends[i - 1] ?? 0, ends[i])}]));
}

/** One of several parts of equal size, with the tensors that begin in it. Parts count from 1. */
export function partOf({tensors, bytes}: PackedWeights, part: number, parts: number): PackedWeights {
  // A whole number of values each.
  const size = 2 * Math.ceil(bytes.length / 2 / parts);
  const [from, to] = [(part - 1) * size, part * size];
  const ends = endsOf(tensors);
  const begins = tensors.map((_, i) => 2 * (ends[i - 1] ?? 0));
  return {tensors: tensors.filter((_, i) => begins[i] >= from && begins[i] < to), bytes: bytes.slice(from, to)};
}

/** All parts, in their order, as one. */
export const join = (parts: readonly PackedWeights[]): PackedWeights => ({
  tensors: parts.flatMap(({tensors}) => tensors),
  bytes: Uint8Array.from(Buffer.concat(parts.map(({bytes}) => bytes)))
});

/** Where every tensor ends, in values. */
function endsOf(tensors: PackedWeights["tensors"]): number[] {
  let end = 0;
  return tensors.map(({shape}) => (end += shape.reduce((a, b) => a * b, 1)));
}
