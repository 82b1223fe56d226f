import type {Random} from "../support/random.js";

/** How far a picture may be changed; what is absent is left as it is. After fastai v1's `get_transforms`. */
export interface Augmentation {
  /** Mirrors every second picture left to right. */
  flip?: boolean;
  /** Turns by up to this many degrees either way. */
  rotate?: number;
  /** Enlarges up to this factor, 1 or more. */
  zoom?: number;
  /** Changes brightness and contrast by up to this share, 0 to below 1. */
  lighting?: number;
}

/** Share of the pictures that are turned and zoomed, and that are relit. */
const probability = 0.75;

/** Numbers drawn for each picture, whatever is switched on: one setting does not change what another does. */
const drawsPerImage = 8;

/**
 * Randomly changed copies of `n` grey pictures, values 0 to 1, shape [n, size, size]: one bilinear resampling each, with
 * reflected borders. The same random numbers give the same pictures.
 */
export function augmentBatch(
  data: Uint8Array,
  n: number,
  size: number,
  random: Random,
  {flip = false, rotate = 0, zoom = 1, lighting = 0}: Augmentation
): Float32Array {
  const area = size * size;
  if (data.length !== n * area) throw new RangeError(`${n} images of ${size}x${size} are not ${data.length} bytes.`);
  const out = new Float32Array(n * area);
  const tones = new Float32Array(256);
  for (let i = 0; i < n; ++i) {
    const draw = Array.from({length: drawsPerImage}, () => random());
    const moved = draw[1] < probability;
    const angle = moved ? ((2 * draw[2] - 1) * rotate * Math.PI) / 180 : 0;
    const scale = moved ? 1 + draw[3] * (zoom - 1) : 1;
    relight(tones, draw[4] < probability ? lighting : 0, draw[5], draw[6]);
    const image = {source: data.subarray(i * area, (i + 1) * area), target: out.subarray(i * area, (i + 1) * area)};
    resample(image, size, tones, {mirror: flip && draw[0] < 0.5, angle, scale});
  }
  return out;
}

/**
 * What each grey level becomes, 0 to 1: brightness adds to the logit and contrast scales it, as in fastai, so that
 * nothing is clipped.
 */
function relight(tones: Float32Array, lighting: number, brightness: number, contrast: number): void {
  const target = 0.5 * (1 + (2 * brightness - 1) * lighting);
  const shift = Math.log(target / (1 - target));
  const scale = Math.pow(1 - lighting, 1 - 2 * contrast);
  for (let level = 0; level < 256; ++level) {
    const value = level / 255;
    if (lighting === 0) tones[level] = value;
    else if (level === 0 || level === 255) tones[level] = value;
    else tones[level] = 1 / (1 + Math.exp(-scale * Math.log(value / (1 - value)) - shift));
  }
}

/** Fills the target from the source, mirrored, then enlarged and turned about the middle. */
function resample(
  {source, target}: {source: Uint8Array; target: Float32Array},
  size: number,
  tones: Float32Array,
  {mirror, angle, scale}: {mirror: boolean; angle: number; scale: number}
): void {
  const middle = (size - 1) / 2;
  const cos = Math.cos(angle) / scale;
  const sin = Math.sin(angle) / scale;
  const sign = mirror ? -1 : 1;
  for (let row = 0, i = 0; row < size; ++row) {
    for (let column = 0; column < size; ++column, ++i) {
      const u = column - middle;
      const v = row - middle;
      const x = reflect(middle + sign * (cos * u + sin * v), size);
      const y = reflect(middle + cos * v - sin * u, size);
      const left = Math.floor(x);
      const top = Math.floor(y);
      const right = left + 1 < size ? left + 1 : left;
      const above = top * size;
      const below = top + 1 < size ? above + size : above;
      const a = x - left;
      const b = y - top;
      const upper = tones[source[above + left]] * (1 - a) + tones[source[above + right]] * a;
      const lower = tones[source[below + left]] * (1 - a) + tones[source[below + right]] * a;
      target[i] = upper * (1 - b) + lower * b;
    }
  }
}

/** Folds a coordinate back into 0..size-1 as if mirrors stood at the first and the last pixel. */
function reflect(x: number, size: number): number {
  const last = size - 1;
  if (x >= 0 && x <= last) return x;
  const folded = Math.abs(x) % (2 * last);
  return folded > last ? 2 * last - folded : folded;
}
