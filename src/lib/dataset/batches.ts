import type {Random} from "../measures/random.js";
import {shuffle} from "../measures/random.js";
import type {Pixels} from "./types.js";

export interface BatchOptions {
  batchSize: number;
  /** Shuffles; without it the order is kept. */
  random?: Random;
  /** Leaves out a last batch that is not full. */
  dropLast?: boolean;
}

/** Positions in batches: of 0..n-1 if given a count. The positions given are not changed. */
export function batches(
  positions: number | ArrayLike<number>,
  {batchSize, random, dropLast = false}: BatchOptions
): Int32Array[] {
  if (!(batchSize >= 1)) throw new RangeError(`A batch needs at least one image, not ${batchSize}.`);
  const order =
    typeof positions === "number" ? Int32Array.from({length: positions}, (_, i) => i) : Int32Array.from(positions);
  if (random) shuffle(order, random);
  const count = dropLast ? Math.floor(order.length / batchSize) : Math.ceil(order.length / batchSize);
  return Array.from({length: count}, (_, i) => order.slice(i * batchSize, (i + 1) * batchSize));
}

/** The images at some positions, copied together in that order. */
export function gather({size, rows, labels, data}: Pixels, positions: ArrayLike<number>): Pixels {
  const area = size * size;
  const gathered = new Uint8Array(positions.length * area);
  for (let i = 0; i < positions.length; ++i) {
    gathered.set(data.subarray(positions[i] * area, (positions[i] + 1) * area), i * area);
  }
  const pick = (column: Int32Array) => Int32Array.from(positions, (position) => column[position]);
  return {size, rows: pick(rows), labels: pick(labels), data: gathered};
}
