import * as tf from "@tensorflow/tfjs";
import type {Pixels} from "../dataset/types.js";
import {inference} from "../models/layers.js";
import type {Network} from "../models/network.js";
import {imageTensor} from "../training/inference.js";

/** Grad-CAM maps of some images: row-major [n, size, size], not scaled; all zero where nothing speaks for the class. */
export interface Maps {
  size: number;
  values: Float32Array;
}

const batchSize = 32;

/**
 * Grad-CAM (Selvaraju et al., 2017, equations 1 and 2) at the body's last feature map: relu(sum_k a_k A_k), where a_k is the
 * mean over positions of the gradient of the class's logit. The gradient stops at the map, so that nothing below is computed.
 * @param classes the class to explain, one for each image
 */
export async function gradCam(
  network: Network,
  pixels: Pixels,
  classes: Int32Array,
  onBatch?: (done: number, total: number) => void
): Promise<Maps> {
  const total = pixels.rows.length;
  let values = new Float32Array(0);
  let size = 0;
  for (let from = 0; from < total; from += batchSize) {
    const to = Math.min(from + batchSize, total);
    const maps = tf.tidy(() => mapsOf(network, imageTensor(pixels, from, to), classes.subarray(from, to)));
    if (from === 0) {
      size = maps.shape[1];
      values = new Float32Array(total * size * size);
    }
    values.set((await maps.data()) as Float32Array, from * size * size);
    maps.dispose();
    onBatch?.(to, total);
    await new Promise(setImmediate);
  }
  return {size, values};
}

/** Maps [n, h, w] of a batch. */
function mapsOf(network: Network, images: tf.Tensor4D, classes: Int32Array): tf.Tensor3D {
  const features = network.features(images, inference);
  const chosen = tf.oneHot(tf.tensor1d(classes, "int32"), network.options.classes);
  // The logits of an image depend on that image alone, so the gradient of their sum holds every image's own gradient.
  const gradient = tf.grad((a) => tf.sum(tf.mul(network.classify(network.embed(a as tf.Tensor4D), inference), chosen)))(
    features
  );
  const weights = tf.mean(gradient, [1, 2], true);
  return tf.relu(tf.sum(tf.mul(features, weights), 3) as tf.Tensor3D);
}

/**
 * Maps in a byte per cell for publication: each is divided by its own peak, which is kept. A map without positive evidence
 * has peak 0 and stays empty.
 * @param cells how many cells a map has
 */
export function quantise(values: Float32Array, cells: number): {peaks: Float32Array; grids: Uint8Array} {
  const peaks = Float32Array.from({length: values.length / cells}, (_, i) =>
    values.subarray(i * cells, (i + 1) * cells).reduce((a, b) => Math.max(a, b), 0)
  );
  const grids = Uint8Array.from(values, (value, at) => {
    const peak = peaks[Math.floor(at / cells)];
    return peak > 0 ? Math.round((255 * value) / peak) : 0;
  });
  return {peaks, grids};
}
