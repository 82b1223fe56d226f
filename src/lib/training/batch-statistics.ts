import * as tf from "@tensorflow/tfjs";
import {firstPositions, toPositions} from "../dataset/rows.js";
import type {Pixels} from "../dataset/types.js";
import {fastest, step} from "../engine/graph/index.js";
import type {BatchNormOptions, Mode} from "../models/layers.js";
import {Layers} from "../models/layers.js";
import type {Network} from "../models/network.js";
import {imagesAt} from "./inference.js";
import {shuffle, stream} from "../measures/random.js";

const batchSize = 64;

/** A body's layers whose batch norms keep nothing of what they had: after a batch, they have its statistics. */
class Forgetful extends Layers {
  override batchNorm<T extends tf.Tensor>(layer: string, x: T, mode: Mode, options: BatchNormOptions): T {
    return super.batchNorm(layer, x, mode, {...options, momentum: 0});
  }
}

/**
 * Gives every batch norm of a body the statistics of these images, whatever it had before: the plain averages over
 * shuffled batches of 64, or over one of all images where there are fewer, each batch normalised by its own as in
 * training (Wu and Johnson 2021, arXiv:2105.07576, section 3). Images that do not fill a batch are left out.
 */
export async function recomputeStatistics(network: Network, pixels: Pixels, seed: number): Promise<void> {
  const order = shuffle(firstPositions(pixels.rows.length), stream(seed, "batch statistics"));
  const batch = Math.min(batchSize, order.length);
  const program = observer(network, batch, pixels.size);
  const statistics = [...network.body.variables.values()].filter(({trainable}) => !trainable);
  let averages = statistics.map((variable) => tf.zerosLike(variable));
  const batches = Math.floor(order.length / batch);
  for (let from = 0; from < batches * batch; from += batch) {
    const images = imagesAt(pixels, toPositions(order.subarray(from, from + batch)));
    tf.dispose([images, program.run("observe", {images})]);
    program.read();
    const before = averages;
    averages = before.map((average, i) => tf.tidy(() => tf.add(average, tf.div(statistics[i], batches))));
    tf.dispose(before);
    await new Promise(setImmediate);
  }
  statistics.forEach((variable, i) => variable.assign(averages[i]));
  tf.dispose(averages);
  program.dispose();
}

/** A step after which the body has the statistics of a batch. */
function observer({architecture, body}: Network, batch: number, size: number) {
  const layers = new Forgetful(() => {
    throw new Error("A body has all of its variables.");
  });
  for (const [name, variable] of body.variables) layers.variables.set(name, variable);
  const observe = step({images: {shape: [batch, size, size, 1]}}, ({images}) => ({
    mean: tf.mean(architecture.body(layers, architecture.preprocess(images as tf.Tensor4D), {training: true}))
  }));
  return fastest({observe}, [...body.variables.values()], (message) => process.emitWarning(message));
}
