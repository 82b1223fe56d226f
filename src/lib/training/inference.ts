import * as tf from "@tensorflow/tfjs";
import {firstPositions, type Positions, toPositions} from "../dataset/rows.js";
import type {Pixels} from "../dataset/types.js";
import type {Program} from "../engine/graph/index.js";
import {fastest, step} from "../engine/graph/index.js";
import {inference} from "../models/layers.js";
import type {Network} from "../models/network.js";
import {pool} from "../models/head.js";
import {fitting} from "./memory.js";

/** Images at a time. WebAssembly has 4 GB at most, and keeps every layer's output of a batch until its end. */
const batchSize = () => (tf.getBackend() === "wasm" ? 8 : 64);

/** The images at some positions as grey values in [0, 1], shape [n, size, size, 1]. */
export function imagesAt({data, size}: Pixels, positions: Positions): tf.Tensor4D {
  const area = size * size;
  const values = new Float32Array(positions.length * area);
  // Loops: `Float32Array.from` with a function takes many times as long, a third of a small network's prediction.
  for (let i = 0; i < positions.length; ++i) {
    const [from, to] = [positions[i] * area, i * area];
    for (let at = 0; at < area; ++at) values[to + at] = data[from + at] / 255;
  }
  return tf.tensor4d(values, [positions.length, size, size, 1]);
}

/** Images `from` to `to`, as `imagesAt` gives them. */
export const imageTensor = (pixels: Pixels, from: number, to: number): tf.Tensor4D =>
  imagesAt(pixels, toPositions(everyPosition(pixels).subarray(from, to)));

/** The positions of all images. */
export const everyPosition = ({rows}: Pixels) => firstPositions(rows.length);

type OnBatch = (done: number, total: number) => void;

interface BatchOptions {
  onBatch?: OnBatch;
  /** Images at a time. */
  most?: number;
  /** Which images, in which order; all without it. */
  positions?: Positions;
}

/** Runs `f` on batches of images in order and joins its rows. */
async function inBatches(
  pixels: Pixels,
  f: (images: tf.Tensor4D) => tf.Tensor,
  {onBatch, most = batchSize(), positions = everyPosition(pixels)}: BatchOptions
): Promise<Float32Array> {
  const total = positions.length;
  const parts: Float32Array[] = [];
  for (let from = 0; from < total; from += most) {
    const to = Math.min(from + most, total);
    const output = tf.tidy(() => f(imagesAt(pixels, toPositions(positions.subarray(from, to)))));
    parts.push((await output.data()) as Float32Array);
    output.dispose();
    onBatch?.(to, total);
    await new Promise(setImmediate);
  }
  return joined(parts);
}

/** One row [m] for each of some images: [n, size, size, 1] to [n, m]. */
type Rows = (images: tf.Tensor4D) => tf.Tensor;

const rowsStep = (rows: Rows, n: number, size: number) =>
  step({images: {shape: [n, size, size, 1]}}, ({images}) => ({rows: rows(images as tf.Tensor4D)}));

export type PredictionSteps = {[name: `${number} images`]: ReturnType<typeof rowsStep>};

/** The steps for a number of images: one for whole batches and one for what is left over. */
function rowsSteps(rows: Rows, count: number, size: number, most = batchSize()): PredictionSteps {
  const sizes = [Math.min(most, count), count % most].filter(Boolean);
  return Object.fromEntries(sizes.map((n) => [`${n} images`, rowsStep(rows, n, size)]));
}

/** Rows by a program that has the steps for them, with the program's own weights. */
export const predictWith = (
  program: Pick<Program<PredictionSteps>, "run">,
  pixels: Pixels,
  options: BatchOptions = {}
) => inBatches(pixels, (images) => program.run(`${images.shape[0]} images`, {images}).rows, options);

const warn = (message: string) => process.emitWarning(message);

/**
 * Rows of images in steps of their own, row-major [n, m], compiled where the backend can; where memory runs out, of
 * fewer images at a time.
 */
export async function rowsOf(
  network: Network,
  rows: Rows,
  pixels: Pixels,
  onBatch?: OnBatch,
  positions: Positions = everyPosition(pixels)
): Promise<Float32Array> {
  return fitting({batchSize: batchSize(), parts: 1, log: warn, words: fewer}, async (parts) => {
    const most = batchSize() / parts;
    const steps = rowsSteps(rows, positions.length, pixels.size, most);
    const program = fastest(steps, [...network.variables.values()], warn);
    try {
      return await predictWith(program, pixels, {onBatch, most, positions});
    } finally {
      program.dispose();
    }
  });
}

const fewer = (images: number) => `${images} images do not fit into memory at once. Predicts ${images / 2} at a time.`;

const probabilities =
  (network: Network): Rows =>
  (images) =>
    tf.softmax(network.logits(images, inference));

/** A step that gives the class probabilities, rows [n, classes], of images [n, size, size, 1], for one n. */
export const predictionStep = (network: Network, n: number, size: number) => rowsStep(probabilities(network), n, size);

/** The steps that `predictWith` needs for a number of images. */
export const predictionSteps = (network: Network, count: number, size: number) =>
  rowsSteps(probabilities(network), count, size);

/** Class probabilities of images, of all or of those at some positions, row-major [n, classes]. */
export const predict = (network: Network, pixels: Pixels, onBatch?: OnBatch, positions?: Positions) =>
  rowsOf(network, probabilities(network), pixels, onBatch, positions);

/** Predicts again and again, always as many images, by steps that were made ready once. To be disposed. */
export function predictor(network: Network, count: number, size: number) {
  const steps = predictionSteps(network, count, size);
  const program = fastest(steps, [...network.variables.values()], warn);
  return {predict: (pixels: Pixels) => predictWith(program, pixels), dispose: () => program.dispose()};
}

/** Pooled features of images, row-major [n, 2c]. */
export const pooledFeatures = (network: Network, pixels: Pixels, onBatch?: OnBatch) =>
  rowsOf(network, (images) => pool(network.features(images, inference)), pixels, onBatch);

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
