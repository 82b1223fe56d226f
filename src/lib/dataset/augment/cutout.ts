import type {Random} from "../../measures/random.js";

/**
 * How many square holes are cut, and how long their sides are in pixels of a 224-pixel image: from and to, both
 * included.
 */
export interface Cutout {
  holes: readonly [number, number];
  length: readonly [number, number];
}

/** A square hole. All in shares of the image's side. */
export interface Hole {
  x: number;
  y: number;
  length: number;
}

/** The size of image that lengths are given for. */
const nominalSize = 224;

/** Draws the holes of one image, all of one length, their centres anywhere in it: fastai v1's `cutout`. */
export function drawHoles({holes, length}: Cutout, random: Random): Hole[] {
  const whole = ([low, high]: readonly [number, number]) => low + Math.floor(random() * (high - low + 1));
  const side = whole(length) / nominalSize;
  return Array.from({length: whole(holes)}, () => ({x: random(), y: random(), length: side}));
}

/** Blackens a hole in an image of shape [size, size]; what of it lies outside is lost (DeVries and Taylor, 2017). */
export function cut(image: Float32Array, size: number, {x, y, length}: Hole): void {
  const half = Math.round(length * size) / 2;
  const [left, right, top, bottom] = [x, x, y, y].map((centre, i) => {
    const edge = Math.floor(centre * size) + (i % 2 ? half : -half);
    return Math.trunc(Math.min(size, Math.max(0, edge)));
  });
  for (let row = top; row < bottom; ++row) image.fill(0, row * size + left, row * size + right);
}
