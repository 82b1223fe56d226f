import {createHash} from "node:crypto";
import type {Augmentation} from "../dataset/augment.js";
import {augment} from "../dataset/augment.js";
import type {Pixels} from "../dataset/types.js";
import {type Random, stream} from "../measures/random.js";

export interface TtaOptions {
  augmentation: Augmentation;
  /** How many changed copies of every image are predicted. */
  count: number;
  seed: number;
  /** The share of the unchanged image in the mean, from 0 to 1. Without copies it has all of it. */
  unchanged?: number;
}

/** The share of the unchanged image in fastai v1's `TTA`. */
export const beta = 0.4;

/**
 * Test-time augmentation: a share of the probabilities of the images as they are and the rest of their mean over
 * randomly changed copies. fastai v1's `TTA`, but that its copies are eight fixed ones: four corners of an enlarged
 * image, each also mirrored. The copies of an image follow from the seed and from its pixels, so that it is given the
 * same probabilities wherever and among whatever images it is predicted.
 * @param predict gives the class probabilities of images, row-major [n, classes]
 */
export async function tta(
  predict: (pixels: Pixels) => Promise<Float32Array>,
  pixels: Pixels,
  {augmentation, count, seed, unchanged = beta}: TtaOptions
): Promise<Float32Array> {
  const plain = await predict(pixels);
  if (count === 0) return plain;
  // Double precision, rounded once at the end, keeps a mean of ones at 1 and no more.
  const mixed = Float64Array.from(plain, (value) => unchanged * value);
  const names = imagesOf(pixels).map(nameOf);
  for (let copy = 0; copy < count; ++copy) {
    const streams = names.map((name) => stream(seed, `tta ${copy} of ${name}`));
    const changed = await predict(augmented(pixels, streams, augmentation));
    changed.forEach((value, i) => (mixed[i] += ((1 - unchanged) / count) * value));
  }
  return Float32Array.from(mixed);
}

/** The bytes of each image. */
const imagesOf = ({data, size, rows}: Pixels): Uint8Array[] =>
  Array.from(rows, (_, i) => data.subarray(i * size * size, (i + 1) * size * size));

/** What tells an image from others of its size, whatever its file and its place. */
const nameOf = (image: Uint8Array): string => createHash("sha256").update(image).digest("hex");

/** Changed copies, in bytes as the images are; one image at a time, for only bytes to be held of all. */
function augmented(pixels: Pixels, streams: readonly Random[], augmentation: Augmentation): Pixels {
  const {data, size} = pixels;
  const values = new Float32Array(size * size);
  const changed = new Uint8ClampedArray(data.length);
  imagesOf(pixels).forEach((image, i) => {
    augment(image, values, size, streams[i], augmentation);
    for (let at = 0; at < values.length; ++at) changed[i * values.length + at] = 255 * values[at];
  });
  return {...pixels, data: new Uint8Array(changed.buffer)};
}
