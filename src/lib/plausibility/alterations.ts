import type {Random} from "../measures/random.js";

/** A grey square, row-major [size, size]. */
type Square = Uint8Array;
type Alteration = (pixels: Square, size: number, random: Random) => Square;

/** The square whose pixel at (x, y) is that of the given one at `from(x, y)`. */
const moved = (pixels: Square, size: number, from: (x: number, y: number) => number): Square =>
  Uint8Array.from(pixels, (_, at) => pixels[from(at % size, Math.floor(at / size))]);

/**
 * What may happen to a radiograph on its way, so that it is no upright frontal one any more. A detector learns to tell
 * these from the study's own images; whatever else is no radiograph it never sees.
 */
export const alterations = {
  negated: (pixels) => pixels.map((value) => 255 - value),
  "on its side": (pixels, size, random) => {
    const left = random() < 0.5;
    return moved(pixels, size, (x, y) => (left ? x * size + (size - 1 - y) : (size - 1 - x) * size + y));
  },
  "upside down": (pixels) => pixels.toReversed(),
  "a part": (pixels, size, random) => half(pixels, size, random),
  blurred: (pixels, size, random) => blur(pixels, size, size * (0.025 + 0.05 * random())),
  noisy: (pixels, _, random) => {
    const strength = 0.3 + 0.7 * random();
    return pixels.map((value) => Math.round((1 - strength) * value + strength * 255 * random()));
  }
} satisfies Record<string, Alteration>;

export type Altered = keyof typeof alterations;

/**
 * The left, right, upper or lower half, about, of which the middle square is enlarged, as images are cut to squares.
 */
function half(pixels: Square, size: number, random: Random): Square {
  const short = Math.round(size * (0.42 + 0.16 * random()));
  const side = Math.floor(4 * random());
  const [start, middle] = [side % 2 ? size - short : 0, (size - short) / 2];
  const [left, top] = side < 2 ? [start, middle] : [middle, start];
  const scale = short / size;
  return Uint8Array.from(pixels, (_, at) =>
    sample(pixels, size, left + scale * (at % size), top + scale * Math.floor(at / size))
  );
}

/** The value between pixels, bilinear. */
function sample(pixels: Square, size: number, x: number, y: number): number {
  const [x0, y0] = [Math.min(Math.floor(x), size - 2), Math.min(Math.floor(y), size - 2)];
  const [dx, dy] = [x - x0, y - y0];
  const at = y0 * size + x0;
  const above = pixels[at] * (1 - dx) + pixels[at + 1] * dx;
  const below = pixels[at + size] * (1 - dx) + pixels[at + size + 1] * dx;
  return Math.round(above * (1 - dy) + below * dy);
}

/** A Gaussian blur of that standard deviation in pixels, as three means over windows, which it nearly is. */
function blur(pixels: Square, size: number, deviation: number): Square {
  const reach = Math.max(1, Math.round((Math.sqrt(4 * deviation ** 2 + 1) - 1) / 2));
  let values = Float64Array.from(pixels);
  for (let pass = 0; pass < 3; ++pass) values = windowMeans(windowMeans(values, size, reach, 1), size, reach, size);
  return Uint8Array.from(values, Math.round);
}

/** Means over the pixels at most `reach` away, along rows (stride 1) or columns (stride size); borders repeat. */
function windowMeans(values: Float64Array, size: number, reach: number, stride: number): Float64Array<ArrayBuffer> {
  const means = new Float64Array(values.length);
  for (let line = 0; line < size; ++line) {
    const start = line * (stride === 1 ? size : 1);
    const at = (i: number) => values[start + stride * Math.max(0, Math.min(size - 1, i))];
    let sum = 0;
    for (let i = -reach; i <= reach; ++i) sum += at(i);
    for (let i = 0; i < size; ++i) {
      means[start + stride * i] = sum / (2 * reach + 1);
      sum += at(i + reach + 1) - at(i - reach);
    }
  }
  return means;
}
