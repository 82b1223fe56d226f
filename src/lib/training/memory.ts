import {UserError} from "../support/errors.js";

/** Whether an error says that memory ran out, as TensorFlow, WebGPU, WebAssembly and the C++ library put it. */
export const isOutOfMemory = (error: unknown) =>
  error instanceof Error &&
  !(error instanceof UserError) &&
  /\bOOM\b|out of memory|RESOURCE_EXHAUSTED|ResourceExhausted|bad_alloc|(memory access|table index is) out of bounds|Aborted\(\)/i.test(
    error.message
  );

/**
 * Does work whose batch is computed in so many parts; where memory runs out, again with twice as many, from `parts` on.
 * @throws UserError where not even parts of two images fit
 */
export async function fitting<T>(
  {batchSize, parts, log}: {batchSize: number; parts: number; log(message: string): void},
  work: (parts: number) => Promise<T>
): Promise<T> {
  try {
    return await work(parts);
  } catch (error) {
    if (!isOutOfMemory(error)) throw error;
    const size = batchSize / parts;
    if (size % 2 !== 0 || size < 4) throw tooLarge(batchSize, size, error);
    log(
      `A batch of ${size} images does not fit into memory. Goes on with ${2 * parts} parts of ${size / 2} whose gradients ` +
        `are averaged: the same step, but that batch norms see ${size / 2} images at a time.`
    );
    return fitting({batchSize, parts: 2 * parts, log}, work);
  }
}

const tooLarge = (batchSize: number, size: number, cause: unknown) =>
  new UserError(`Memory ran out with ${size} images at a time (of a batch of ${batchSize}), which cannot be halved.`, {
    hint: "Lower size in src/study.ts, or choose a batchSize that is a power of two.",
    cause
  });
