import type {Pixels} from "./types.js";
import {dot} from "../support/dot.js";

/** An image and the image of another set that is most like it. */
export interface NearDuplicate {
  /** The rows of both. */
  row: number;
  other: number;
  /** Pearson's, of their grey values: 1 for the same picture, whatever its brightness and contrast. */
  correlation: number;
}

/**
 * Images that another set holds too, even if resized, cut or compressed anew: those whose grey values correlate with
 * one there at `threshold` or more. Of images of one set (`b` is `a`), those that repeat an earlier one.
 */
export function nearDuplicates(a: Pixels, b: Pixels, threshold: number): NearDuplicate[] {
  const [ours, theirs] = [standardised(a), standardised(b)];
  return ours.flatMap((image, i) => {
    let [best, correlation] = [-1, threshold];
    for (let j = 0; j < (a === b ? i : theirs.length); ++j) {
      const value = dot(image, theirs[j]);
      if (value >= correlation) [best, correlation] = [j, value];
    }
    return best < 0 ? [] : {row: a.rows[i], other: b.rows[best], correlation};
  });
}

/** Images of mean 0 and length 1; of one grey level, all zeros, which is like nothing. */
function standardised({rows, size, data}: Pixels): Float32Array[] {
  const area = size * size;
  return Array.from(rows, (_, i) => {
    const image = Float32Array.from(data.subarray(i * area, (i + 1) * area));
    const mean = image.reduce((sum, value) => sum + value, 0) / area;
    const length = Math.sqrt(image.reduce((sum, value) => sum + (value - mean) ** 2, 0)) || 1;
    return image.map((value) => (value - mean) / length);
  });
}
