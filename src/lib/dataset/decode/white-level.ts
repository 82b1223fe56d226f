import {Refusal} from "./refusal.js";

/** The largest values that grey levels are stored with: by 8 bits, and by the depths of detectors and files above. */
export const depths = [8, 10, 12, 14, 16].map((bits) => 2 ** bits - 1);

/**
 * Share of an image's values that may lie beyond the white level: burnt-in letters, dead pixels, the overshoot of a
 * resampling. Of 8,126 radiographs of COVIDx, NIH, Figure 1 and Cohen's collection none has so few values above a
 * quarter of the full scale, so that no depth is taken for the one below it, which has a quarter of its range.
 */
const strayShare = 0.001;

/** What is known of an image's values. */
export interface Survey {
  count: number;
  min: number;
  max: number;
  /** How many values lie above each of the levels. */
  above: number[];
  /**
   * Whether all are bytes brought to 16 bits, as v * 257 (PNG's rule, section 12.4 of its specification) or v * 256.
   */
  widened: boolean;
}

/** Looks at values, or at those that `visible` leaves in. Values that are no numbers are refused. */
export function survey(
  values: ArrayLike<number>,
  levels: readonly number[],
  visible: (index: number) => boolean = () => true
): Survey {
  if (!(values instanceof Uint16Array)) return summary(values, levels, (i) => Number(visible(i)));
  // Most images have far more pixels than values.
  const counts = new Uint32Array(65536);
  for (let i = 0; i < values.length; ++i) if (visible(i)) counts[values[i]] += 1;
  return summary(all16, levels, (value) => counts[value]);
}

const all16 = Uint16Array.from({length: 65536}, (_, value) => value);

function summary(values: ArrayLike<number>, levels: readonly number[], countOf: (index: number) => number): Survey {
  const above = levels.map(() => 0);
  let [count, min, max, repeated, shifted] = [0, Infinity, -Infinity, true, true];
  for (let i = 0; i < values.length; ++i) {
    const [value, times] = [values[i], countOf(i)];
    if (times === 0) continue;
    if (!Number.isFinite(value)) throw new Refusal("holds values that are not numbers");
    count += times;
    if (value < min) min = value;
    if (value > max) max = value;
    for (let k = 0; k < levels.length && value > levels[k]; ++k) above[k] += times;
    repeated &&= value % 257 === 0;
    shifted &&= value % 256 === 0;
  }
  return {count, min, max, above, widened: repeated || shifted};
}

/**
 * The value that is white: the first level that all but stray values do not exceed. Files say how many bits a value
 * takes up, not how many are used: 12-bit radiographs are stored in 16. Throws `Refusal` where values are negative or
 * beyond all levels.
 */
export function whiteLevel({count, min, max, above, widened}: Survey, levels: readonly number[]): number {
  refuseNegative({min, max});
  const top = levels.at(-1)!;
  if (widened && max > levels[0] && max <= top) return top;
  const white = levels.find((_, k) => above[k] <= strayShare * count);
  if (white !== undefined) return white;
  throw new Refusal(`has values up to ${short(max)}, beyond 16 bits`);
}

/** Throws `Refusal` where values are negative: what is black then, the file does not say. */
export function refuseNegative({min, max}: {min: number; max: number}): void {
  if (min < 0) throw new Refusal(`has negative values (${short(min)} to ${short(max)}), which are no grey levels`);
}

/** Four significant digits. */
export const short = (value: number) => Number(value.toPrecision(4)).toString();

/** A value as a byte: 0 is black, `white` 255. */
export const toByte = (value: number, white: number) => Math.min(255, Math.round((255 * value) / white));
