import type {Homography} from "./homography.js";

/**
 * Fills the target, shape [size, size], from the places that the map says, with bilinear interpolation between the
 * source's `tones`. Beyond the border the image is reflected. Where a place is a pixel, its tone is taken exactly.
 * @param tones what each of the 256 grey levels becomes
 */
export function resample(
  source: Uint8Array,
  target: Float32Array,
  size: number,
  tones: Float64Array,
  map: Homography
): void {
  const last = size - 1;
  const middle = last / 2;
  const [a, b, c, d, e, f, g, h, k] = aboutTheMiddle(map, middle);
  for (let row = 0, i = 0; row < size; ++row) {
    const v = row - middle;
    const [xOfRow, yOfRow, wOfRow] = [b * v + c, e * v + f, h * v + k];
    for (let column = 0; column < size; ++column, ++i) {
      const u = column - middle;
      const w = 1 / (g * u + wOfRow);
      let x = middle + (a * u + xOfRow) * w;
      let y = middle + (d * u + yOfRow) * w;
      if (!(x >= 0 && x <= last)) x = reflect(x, last);
      if (!(y >= 0 && y <= last)) y = reflect(y, last);
      const left = x | 0;
      const top = y | 0;
      const p = top * size + left;
      const right = left < last ? p + 1 : p;
      const down = top < last ? size : 0;
      const s = x - left;
      const t = y - top;
      const above = tones[source[p]];
      const below = tones[source[p + down]];
      const upper = above + (tones[source[right]] - above) * s;
      const lower = below + (tones[source[right + down]] - below) * s;
      target[i] = upper + (lower - upper) * t;
    }
  }
}

/**
 * The same map in pixels from the middle of the image, of which the unchanged image's are multiples of a half: exact.
 */
const aboutTheMiddle = ([a, b, c, d, e, f, g, h, k]: Homography, middle: number): Homography => [
  ...[a, b, c * middle],
  ...[d, e, f * middle],
  ...[g / middle, h / middle, k]
];

/** Folds a coordinate back into 0..last as if mirrors stood at the first and the last pixel. */
function reflect(x: number, last: number): number {
  const folded = Math.abs(x) % (2 * last);
  return folded > last ? 2 * last - folded : folded;
}
