import {toRows} from "../dataset/rows.js";
import sharp from "sharp";
import type {Pixels} from "../dataset/types.js";
import type {Random} from "../measures/random.js";
import {shuffle} from "../measures/random.js";

/** Probabilities of one class of an image while its pixels go or come, at 0, 1/steps, 2/steps... 1 of them. */
export type Curve = Float32Array;

/** Class probabilities, row-major [n, classes], of some images. */
export type Predict = (pixels: Pixels) => Promise<Float32Array>;

/**
 * Pixels by what a map gives them, the largest first; equals in random order, so that an empty map is a random order.
 */
export function orderOf(map: Float32Array, random: Random): Uint32Array {
  const order = shuffle(
    Uint32Array.from(map, (_, at) => at),
    random
  );
  return order.sort((a, b) => map[b] - map[a]);
}

/**
 * Deletion and insertion (Petsiuk et al., 2018, arXiv:1806.07421): what becomes of a class's probability as pixels are
 * replaced by grey in an order, and as they return to a blurred image. Where an order has found what the network uses,
 * the first falls and the second rises early: a small area and a large one.
 * @param image grey, row-major [size, size]
 * @param grey what deleted pixels become
 */
export async function perturb(
  image: Uint8Array,
  order: Uint32Array,
  {size, label, steps, grey, predict}: {size: number; label: number; steps: number; grey: number; predict: Predict}
): Promise<{deletion: Curve; insertion: Curve}> {
  const deleted = replacing(image, new Uint8Array(image.length).fill(grey), order, steps);
  const inserted = replacing(await blurred(image, size), image, order, steps);
  const count = steps + 1;
  const data = new Uint8Array(2 * count * image.length);
  [...deleted, ...inserted].forEach((frame, i) => data.set(frame, i * image.length));
  const none = new Int32Array(2 * count);
  const probabilities = await predict({size, rows: toRows(none), labels: none, data});
  const classes = probabilities.length / none.length;
  const curve = (first: number) =>
    Float32Array.from({length: count}, (_, i) => probabilities[(first + i) * classes + label]);
  return {deletion: curve(0), insertion: curve(count)};
}

/** One picture after another turning into the other, the pixels in order. */
function replacing(from: Uint8Array, to: Uint8Array, order: Uint32Array, steps: number): Uint8Array[] {
  return Array.from({length: steps + 1}, (_, step) => {
    const frame = Uint8Array.from(from);
    for (const at of order.subarray(0, Math.round((step / steps) * order.length))) frame[at] = to[at];
    return frame;
  });
}

/** A blur so wide, a twentieth of the side, that nothing of a rib or an opacity is left. */
const blurred = (image: Uint8Array, size: number): Promise<Uint8Array> =>
  sharp(image, {raw: {width: size, height: size, channels: 1}})
    .blur(size / 20)
    .toColourspace("b-w")
    .raw()
    .toBuffer();

/** The area below a curve over 0..1, by trapezia. */
export const areaBelow = (curve: ArrayLike<number>): number => {
  const sum = Array.from(curve).reduce((a, b) => a + b, 0);
  return (sum - (curve[0] + curve[curve.length - 1]) / 2) / (curve.length - 1);
};
