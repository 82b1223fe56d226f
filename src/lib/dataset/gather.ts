import {pick, type Positions} from "./rows.js";
import type {Pixels} from "./types.js";

/** The images at some positions, copied together in that order. */
export function gather({size, rows, labels, data}: Pixels, positions: Positions): Pixels {
  const area = size * size;
  const gathered = new Uint8Array(positions.length * area);
  for (let i = 0; i < positions.length; ++i) {
    gathered.set(data.subarray(positions[i] * area, (positions[i] + 1) * area), i * area);
  }
  return {size, rows: pick(rows, positions), labels: pick(labels, positions), data: gathered};
}
