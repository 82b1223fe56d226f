import type {Augmentation} from "../dataset/augment.js";
import {augment} from "../dataset/augment.js";
import type {Pixels} from "../dataset/types.js";
import {stream} from "../support/random.js";

export interface TtaOptions {
  augmentation: Augmentation;
  /** How many changed copies of every image are predicted. */
  count: number;
  seed: number;
}

/** The share of the unchanged image in fastai v1's `TTA`. */
export const beta = 0.4;

/**
 * Test-time augmentation: `beta` of the probabilities of the images as they are and the rest of their mean over randomly
 * changed copies. fastai v1's `TTA`, but that its copies are eight fixed ones: four corners of an enlarged image, each
 * also mirrored.
 * @param predict gives the class probabilities of images, row-major [n, classes]
 */
export async function tta(
  predict: (pixels: Pixels) => Promise<Float32Array>,
  pixels: Pixels,
  {augmentation, count, seed}: TtaOptions
): Promise<Float32Array> {
  const plain = await predict(pixels);
  const mixed = plain.map((value) => beta * value);
  for (let copy = 0; copy < count; ++copy) {
    const changed = await predict(augmented(pixels, augmentation, seed, copy));
    changed.forEach((value, i) => (mixed[i] += ((1 - beta) / count) * value));
  }
  return mixed;
}

/** Changed copies, in bytes as the images are; one image at a time, for only bytes to be held of all. */
function augmented({data, size, ...rest}: Pixels, augmentation: Augmentation, seed: number, copy: number): Pixels {
  const random = stream(seed, `tta ${copy}`);
  const area = size * size;
  const values = new Float32Array(area);
  const changed = new Uint8ClampedArray(data.length);
  for (let from = 0; from < data.length; from += area) {
    augment(data.subarray(from, from + area), values, size, random, augmentation);
    for (let i = 0; i < area; ++i) changed[from + i] = 255 * values[i];
  }
  return {...rest, size, data: new Uint8Array(changed.buffer)};
}
