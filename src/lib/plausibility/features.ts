import * as tf from "@tensorflow/tfjs";
import type {Pixels} from "../dataset/types.js";
import {landmarks} from "../explain/landmarks.js";
import {inference} from "../models/layers.js";
import type {Network} from "../models/network.js";
import {profile} from "../models/profile.js";
import {rowsOf} from "../training/inference.js";

/**
 * Of seven equal steps through a body, those after which it is looked at: edges say nothing, and the last layer not
 * all.
 */
const steps = {of: 7, taken: [2, 4, 6, 7]};

/** The layers by whose outputs a network's images are judged. */
export function judgedLayers({architecture, options: {size, classes}}: Network): string[] {
  const marks = landmarks(profile(architecture, {size, classes}).layers, steps.of + 1);
  return steps.taken.flatMap((i) => marks[i]?.layer ?? []);
}

/**
 * What a network makes of images at its judged layers: [n, h, w, 1] to [n, columns]. Of those inside, the means of the
 * four quarters of an image, for upright radiographs differ above and below; of the last, its mean over the image.
 */
export function judgedRows(network: Network): (images: tf.Tensor4D) => tf.Tensor2D {
  const layers = judgedLayers(network);
  return (images) => {
    const seen = new Map<string, tf.Tensor4D>();
    const tap = (layer: string, output: tf.Tensor) => (seen.set(layer, output as tf.Tensor4D), output);
    network.features(images, {...inference, tap});
    const parts = layers.map((layer, i) => cellMeans(seen.get(layer)!, i + 1 < layers.length ? 2 : 1));
    return tf.concat(parts.flat(), 1) as tf.Tensor2D;
  };
}

/** What a network makes of images at its judged layers, row-major [n, columns]. */
export const judgedFeatures = (
  network: Network,
  pixels: Pixels,
  onBatch?: (done: number, total: number) => void
): Promise<Float32Array> => rowsOf(network, judgedRows(network), pixels, onBatch);

/** Means over the cells of a grid, which overlap where the side is odd: [n, h, w, c] to side² of [n, c]. */
function cellMeans(output: tf.Tensor4D, side: number): tf.Tensor[] {
  const [, height, width] = output.shape;
  const cut = (i: number, length: number) => [Math.floor((i * length) / side), Math.ceil(((i + 1) * length) / side)];
  return Array.from({length: side * side}, (_, cell) => {
    const [top, bottom] = cut(Math.floor(cell / side), height);
    const [left, right] = cut(cell % side, width);
    return tf.mean(tf.slice(output, [0, top, left, 0], [-1, bottom - top, right - left, -1]), [1, 2]);
  });
}
