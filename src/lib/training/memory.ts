import {UserError} from "../support/errors.js";

const signs = [
  /\bOOM\b|RESOURCE_EXHAUSTED|ResourceExhausted/i,
  /out of memory|bad_alloc/i,
  /(memory access|table index is) out of bounds|Aborted\(\)/i
];

/** Whether an error says that memory ran out, as TensorFlow, WebGPU, WebAssembly and the C++ library put it. */
export const isOutOfMemory = (error: unknown) =>
  error instanceof Error && !(error instanceof UserError) && signs.some((sign) => sign.test(error.message));

interface Batch {
  batchSize: number;
  /** The number of parts that it is computed in at first. */
  parts: number;
  log(message: string): void;
  /** What is told where so many images do not fit and twice as many parts are tried. */
  words?(images: number, parts: number): string;
}

/**
 * Does work whose batch is computed in so many parts; where memory runs out, again with twice as many, from `parts` on.
 * @throws UserError where not even parts of two images fit
 */
export async function fitting<T>(batch: Batch, work: (parts: number) => Promise<T>): Promise<T> {
  const {batchSize, parts, log, words = ofTraining} = batch;
  try {
    return await work(parts);
  } catch (error) {
    if (!isOutOfMemory(error)) throw error;
    const size = batchSize / parts;
    if (size % 2 !== 0 || size < 4) throw tooLarge(batchSize, size, error);
    log(words(size, 2 * parts));
    return fitting({...batch, parts: 2 * parts}, work);
  }
}

const ofTraining = (images: number, parts: number) =>
  `A batch of ${images} images does not fit into memory. Goes on with ${parts} parts of ` +
  `${images / 2} whose gradients ` +
  `are averaged: the same step, but that batch norms see ${images / 2} images at a time.`;

const tooLarge = (batchSize: number, size: number, cause: unknown) =>
  new UserError(`Memory ran out with ${size} images at a time (of a batch of ${batchSize}), which cannot be halved.`, {
    hint: "Lower size in src/study.ts, or choose a batchSize that is a power of two.",
    cause
  });
