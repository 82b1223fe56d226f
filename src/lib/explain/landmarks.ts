import * as tf from "@tensorflow/tfjs";
import type {Pixels} from "../dataset/types.js";
import {inference} from "../models/layers.js";
import type {Network} from "../models/network.js";
import type {LayerProfile} from "../models/profile.js";
import {rowsOf} from "../training/inference.js";
import type {Features} from "./cka.js";

/** An output inside a body at which networks are compared. */
export interface Landmark {
  layer: string;
  /** Layers with a kernel up to here, as a share of the body's. */
  depth: number;
  channels: number;
}

/**
 * So many outputs of a body, evenly spread over its layers with a kernel from the first to the last. What stands for
 * such a layer is what comes out before the next one: after batch norm, activation and shortcut, where it has them.
 * @param layers of the network, in the order in which they run
 */
export function landmarks(layers: readonly LayerProfile[], count: number): Landmark[] {
  const body = layers.filter(({part, shape}) => part === "body" && shape.length === 3);
  const kernels = body.flatMap(({macs}, at) => (macs > 0 ? at : []));
  const wanted = Math.min(count, kernels.length);
  return Array.from({length: wanted}, (_, i) => {
    const nth = wanted === 1 ? kernels.length - 1 : Math.round((i * (kernels.length - 1)) / (wanted - 1));
    const {layer, shape} = body[(kernels[nth + 1] ?? body.length) - 1];
    return {layer, depth: (nth + 1) / kernels.length, channels: shape[2]};
  });
}

/**
 * What each channel says on average over the positions of an image, at every landmark: [n, channels] each. Without
 * positions, images are the samples of a comparison, and a pattern that moved within the image has not changed.
 */
export async function landmarkFeatures(
  network: Network,
  marks: readonly Landmark[],
  pixels: Pixels,
  onBatch?: (done: number, total: number) => void
): Promise<(Features & {values: Float32Array})[]> {
  const pooled = (images: tf.Tensor4D) => {
    const seen = new Map<string, tf.Tensor>();
    const tap = (layer: string, output: tf.Tensor) => (seen.set(layer, output), output);
    network.features(images, {...inference, tap});
    return tf.concat(
      marks.map(({layer}) => tf.mean(seen.get(layer)!, [1, 2])),
      1
    );
  };
  return columnsOf(
    await rowsOf(network, pooled, pixels, onBatch),
    marks.map(({channels}) => channels)
  );
}

/** Cuts rows that stand for several blocks of columns into these blocks. */
function columnsOf(rows: Float32Array, widths: readonly number[]) {
  const width = widths.reduce((a, b) => a + b);
  let before = 0;
  return widths.map((columns) => {
    const values = new Float32Array((rows.length / width) * columns);
    for (let i = 0; i * columns < values.length; ++i) {
      values.set(rows.subarray(i * width + before, i * width + before + columns), i * columns);
    }
    before += columns;
    return {values, columns};
  });
}
