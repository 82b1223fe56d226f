import type * as tf from "@tensorflow/tfjs";
import {gather} from "../dataset/batches.js";
import type {Pixels} from "../dataset/types.js";
import {fastest, step} from "../engine/graph/index.js";
import type {Network} from "../models/network.js";
import {shuffle, stream} from "../support/random.js";
import {imageTensor} from "./inference.js";

const batchSize = 64;

/**
 * Gives every batch norm of a body the statistics of these images, whatever it had before: the plain averages over shuffled
 * batches of 64, or over one of all images where there are fewer, each batch normalised by its own as in training (Wu and
 * Johnson 2021, arXiv:2105.07576, section 3). Images that do not fill a batch are left out.
 */
export async function recomputeStatistics(network: Network, pixels: Pixels, seed: number): Promise<void> {
  const {size} = pixels;
  const order = shuffle(Int32Array.from(pixels.rows.keys()), stream(seed, "batch statistics"));
  const batch = Math.min(batchSize, order.length);
  const observe = step({images: {shape: [batch, size, size, 1]}, momentum: {shape: []}}, ({images, momentum}) => {
    const features = network.features(images as tf.Tensor4D, {training: true, momentum});
    return {mean: features.mean()};
  });
  const program = fastest({observe}, [...network.variables.values()], (message) => process.emitWarning(message));
  for (let done = 0; (done + 1) * batch <= order.length; ++done) {
    const images = imageTensor(gather(pixels, order.subarray(done * batch, (done + 1) * batch)), 0, batch);
    // The mean of what has been seen: the first batch replaces what was there.
    program.run("observe", {images, momentum: done / (done + 1)}).mean.dispose();
    images.dispose();
    await new Promise(setImmediate);
  }
  program.read();
  program.dispose();
}
