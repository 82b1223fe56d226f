import {dot} from "../../lib/support/dot.js";
import {round} from "../shared/rounding.js";
import type {RunFilters} from "./artifact.js";

/** A convolution of an image before and after training: [k, k, 3 or 1, filters], row-major. */
interface Kernels {
  layer: string;
  shape: number[];
  before: Float32Array;
  after: Float32Array;
}

/** The filters of a first convolution as pictures, and how much each and all of them changed. */
export function describeFilters({layer, shape, before, after}: Kernels): Omit<RunFilters, "run" | "title" | "source"> {
  const [size, , channels, count] = shape;
  const one = (values: Float32Array, filter: number) => {
    const own = values.filter((_, at) => at % count === filter);
    // One channel stands for three alike.
    return channels === 3 ? own : Float32Array.from({length: 3 * own.length}, (_, i) => own[Math.floor(i / 3)]);
  };
  const filters = Array.from({length: count}, (_, filter) => {
    const pair = [one(before, filter), one(after, filter)];
    const peak = Math.max(...pair.flatMap((values) => Array.from(values, Math.abs)));
    const [first, last] = pair.map((values) => pixels(values, peak));
    return {before: first, after: last, ...difference(pair[0], pair[1])};
  });
  return {layer, size, ...difference(before, after), filters};
}

/** One scale for both pictures of a filter, so that a weaker filter looks weaker; grey is zero. */
const pixels = (values: Float32Array, peak: number) =>
  Buffer.from(Uint8Array.from(values, (value) => Math.round(128 + (127 * value) / (peak || 1)))).toString("base64");

/**
 * Cosine of the angle between two vectors, and the length of their difference as a share of the first's; 0 of a zero
 * vector.
 */
export function difference(before: Float32Array, after: Float32Array): {cosine: number; change: number} {
  const length = (a: Float32Array) => Math.sqrt(dot(a, a));
  const change = after.map((value, i) => value - before[i]);
  return {
    cosine: round(dot(before, after) / (length(before) * length(after)) || 0),
    change: round(length(change) / length(before) || 0)
  };
}
