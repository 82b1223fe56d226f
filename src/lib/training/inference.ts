import * as tf from "@tensorflow/tfjs";
import type {Pixels} from "../dataset/types.js";
import type {Program} from "../engine/graph/index.js";
import {step} from "../engine/graph/index.js";
import {inference} from "../models/layers.js";
import type {Network} from "../models/network.js";
import {pool} from "../models/head.js";

const batchSize = 64;

/** Images `from` to `to` as grey values in [0, 1], shape [n, size, size, 1]. */
export function imageTensor({data, size}: Pixels, from: number, to: number): tf.Tensor4D {
  const bytes = data.subarray(from * size * size, to * size * size);
  const values = new Float32Array(bytes.length);
  // A loop: `Float32Array.from` with a function takes many times as long, a third of a small network's prediction.
  for (let i = 0; i < bytes.length; ++i) values[i] = bytes[i] / 255;
  return tf.tensor4d(values, [to - from, size, size, 1]);
}

/** Runs `f` on batches of images in order and joins its rows. */
export async function inBatches(
  pixels: Pixels,
  f: (images: tf.Tensor4D) => tf.Tensor,
  onBatch?: (done: number, total: number) => void
): Promise<Float32Array> {
  const total = pixels.rows.length;
  const parts: Float32Array[] = [];
  for (let from = 0; from < total; from += batchSize) {
    const to = Math.min(from + batchSize, total);
    const output = tf.tidy(() => f(imageTensor(pixels, from, to)));
    parts.push((await output.data()) as Float32Array);
    output.dispose();
    onBatch?.(to, total);
    await new Promise(setImmediate);
  }
  return joined(parts);
}

/** Class probabilities of images, row-major [n, classes]. */
export const predict = (network: Network, pixels: Pixels, onBatch?: (done: number, total: number) => void) =>
  inBatches(pixels, (images) => tf.softmax(network.logits(images, inference)), onBatch);

/** A step that gives the class probabilities [n, classes] of images [n, size, size, 1], for one n. */
export const predictionStep = (network: Network, n: number, size: number) =>
  step({images: {shape: [n, size, size, 1]}}, ({images}) => ({
    probabilities: tf.softmax(network.logits(images as tf.Tensor4D, inference))
  }));

export type PredictionSteps = {[name: `predict ${number}`]: ReturnType<typeof predictionStep>};

/** The steps that `predictWith` needs for a number of images: one for whole batches and one for what is left over. */
export function predictionSteps(network: Network, count: number, size: number): PredictionSteps {
  const sizes = [Math.min(batchSize, count), count % batchSize].filter(Boolean);
  return Object.fromEntries(sizes.map((n) => [`predict ${n}`, predictionStep(network, n, size)]));
}

/** `predict` by a program that has the steps for it, with the program's own weights. */
export const predictWith = (program: Pick<Program<PredictionSteps>, "run">, pixels: Pixels) =>
  inBatches(pixels, (images) => program.run(`predict ${images.shape[0]}`, {images}).probabilities);

/** Pooled features of images, row-major [n, 2c]. */
export const pooledFeatures = (network: Network, pixels: Pixels, onBatch?: (done: number, total: number) => void) =>
  inBatches(pixels, (images) => pool(network.features(images, inference)), onBatch);

/** Arrays one after the other. */
export function joined(parts: Float32Array[]): Float32Array {
  const all = new Float32Array(parts.reduce((sum, {length}) => sum + length, 0));
  let offset = 0;
  for (const part of parts) {
    all.set(part, offset);
    offset += part.length;
  }
  return all;
}
