import type {Augmentation} from "../dataset/augment.js";
import {augment} from "../dataset/augment.js";
import type {Positions} from "../dataset/rows.js";
import type {Pixels} from "../dataset/types.js";
import {stream} from "../measures/random.js";
import {mixup} from "./mixup.js";

/** What makes a batch, apart from the images: it is a pure function of its job. Epochs and steps count from 0. */
export interface BatchJob {
  /** Which images, in which order; an image may occur more than once. */
  positions: Positions;
  epoch: number;
  step: number;
}

export interface BatchSettings {
  seed: number;
  classes: number;
  /** Alpha of mixup's Beta distribution; 0 mixes nothing. */
  mixup: number;
  augmentation: Augmentation;
  /**
   * How many changed copies of an image there are: epoch e takes copy e modulo this number, and 0 takes the image as it
   * is. Without it every occurrence of an image, also within an epoch, is changed anew.
   */
  variants?: number;
}

/** Values that a step of training takes. */
export interface PreparedBatch {
  /**
   * Grey values in [0, 1], row-major [n, size, size]; out of a cache, the features of a frozen body instead, [n,
   * features].
   */
  images: Float32Array;
  /** Shares of the classes, row-major [n, classes]. */
  targets: Float32Array;
}

/** Makes a batch: gathers and augments the images, makes one-hot targets, and mixes both. */
export function prepare(pixels: Pixels, job: BatchJob, settings: BatchSettings): PreparedBatch {
  const {positions, epoch, step} = job;
  const {seed, mixup: alpha} = settings;
  const values = augmented(pixels, job, settings);
  const targets = oneHot(pixels.labels, positions, settings.classes);
  if (alpha === 0) return {images: values, targets};
  const mixed = mixup({values, targets}, positions.length, alpha, stream(seed, `mixup ${epoch}/${step}`));
  return {images: mixed.values, targets: mixed.targets};
}

function augmented({size, rows, data}: Pixels, job: BatchJob, settings: BatchSettings): Float32Array {
  const area = size * size;
  const images = new Float32Array(job.positions.length * area);
  const augmentation = settings.variants === 0 ? {} : settings.augmentation;
  job.positions.forEach((position, i) => {
    if (!(position in rows)) throw new RangeError(`There is no image ${position} among ${rows.length}.`);
    const random = stream(settings.seed, `augment ${chanceOf(job, i, rows[position], settings)}`);
    const [from, to] = [position * area, i * area];
    augment(data.subarray(from, from + area), images.subarray(to, to + area), size, random, augmentation);
  });
  return images;
}

/** Names the stream that augmentation draws from: by the copy of the image, or by where it occurs. */
const chanceOf = ({epoch, step}: BatchJob, i: number, row: number, {variants}: BatchSettings) =>
  variants === undefined ? `${epoch}/${step}/${i}` : `${variantOf(epoch, variants)}/${row}`;

/** The changed copy that an epoch takes, counted from 0. */
export const variantOf = (epoch: number, variants: number) => epoch % Math.max(variants, 1);

/** Row-major [n, classes]: 1 at the label of each position, else 0. */
export function oneHot(labels: Int32Array, positions: Positions, classes: number): Float32Array {
  const targets = new Float32Array(positions.length * classes);
  positions.forEach((position, i) => (targets[i * classes + labels[position]] = 1));
  return targets;
}
