import {mulberry32} from "../../src/lib/measures/random.js";

/** Uniform float32 numbers under a seed, for which other programs' answers are known. */
export function uniform(seed: number, length: number): Float32Array {
  const random = mulberry32(seed);
  return Float32Array.from({length}, random);
}

/** Throws unless the numbers are within the tolerance of each other. */
export function near(actual: number, expected: number, tolerance = 1e-9): void {
  if (!(Math.abs(actual - expected) <= tolerance))
    throw new Error(`${actual} is not within ${tolerance} of ${expected}`);
}
