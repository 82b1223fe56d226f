import {type Positions, firstPositions, toPositions} from "../dataset/rows.js";
import {shuffle, stream} from "../measures/random.js";

/**
 * "shuffled": every image once, in random order. "oversampled": drawn with replacement, every class as often as any
 * other.
 */
export type Sampling = "shuffled" | "oversampled";

export interface SamplingOptions {
  sampling: Sampling;
  batchSize: number;
}

/** The fewest steps that an epoch is taken in. */
const fewestSteps = 4;

/** The size of batches on so many images: smaller ones where an epoch would else have fewer than four steps. */
export const batchSizeOf = (images: number, wanted: number) =>
  Math.min(wanted, Math.max(2, Math.floor(images / fewestSteps)));

/**
 * How many images an epoch shows: whole batches alone. Oversampled, as many as there would be if every class were as
 * large as the largest (fastai v1's `OverSamplingCallback`).
 */
export function epochLength(labels: ArrayLike<number>, {sampling, batchSize}: SamplingOptions): number {
  const images = sampling === "shuffled" ? labels.length : balancedLength(positionsByClass(labels));
  return Math.floor(images / batchSize) * batchSize;
}

/**
 * The positions 0..n-1 that an epoch shows, batch after batch. It follows from seed and epoch alone, so that a run goes
 * on in any epoch as if it had never stopped.
 * @param labels the class of every image
 */
export function epochOrder(
  labels: ArrayLike<number>,
  {seed, epoch, ...options}: SamplingOptions & {seed: number; epoch: number}
): Positions {
  const random = stream(seed, `order ${epoch}`);
  const length = epochLength(labels, options);
  if (options.sampling === "shuffled") {
    return toPositions(shuffle(firstPositions(labels.length), random).slice(0, length));
  }
  const classes = positionsByClass(labels);
  const anyOf = <T>(items: readonly T[]): T => items[Math.floor(random() * items.length)];
  return toPositions(Array.from({length}, () => anyOf(anyOf(classes))));
}

/** The positions of each class that occurs. */
function positionsByClass(labels: ArrayLike<number>): number[][] {
  const classes: number[][] = [];
  for (let i = 0; i < labels.length; ++i) (classes[labels[i]] ??= []).push(i);
  return classes.filter(Boolean);
}

const balancedLength = (classes: readonly number[][]) =>
  classes.length * classes.reduce((most, {length}) => Math.max(most, length), 0);
