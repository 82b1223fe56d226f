import type * as tf from "@tensorflow/tfjs";
import {toPositions, toRows} from "../../src/lib/dataset/rows.js";
import type {Pixels} from "../../src/lib/dataset/types.js";
import {randomly} from "../../src/lib/models/initialise.js";
import type {Layers, Mode} from "../../src/lib/models/layers.js";
import {Network} from "../../src/lib/models/network.js";
import {architectures} from "../../src/lib/models/registry.js";
import {mulberry32} from "../../src/lib/measures/random.js";
import type {TrainingOptions} from "../../src/lib/training/options.js";
import {type Procedure, procedureSchema} from "../../src/lib/training/procedure.js";

export const size = 32;

/** Stripes across or along, with noise: a task that a tiny network learns in seconds. */
export function stripes(count: number, seed: number, size: number): Pixels {
  const random = mulberry32(seed);
  const labels = Int32Array.from({length: count}, (_, i) => i % 2);
  const data = Uint8Array.from({length: count * size * size}, (_, at) => {
    const [image, y, x] = [Math.floor(at / (size * size)), Math.floor(at / size) % size, at % size];
    return ((labels[image] === 0 ? x : y) % 8 < 4 ? 160 : 40) + 60 * random();
  });
  return {size, rows: toRows(Int32Array.from(labels.keys())), labels, data};
}

/** So many images that train and, after them, so many that validate. */
export const images = (
  train: number,
  validation: number
): Pick<TrainingOptions, "images" | "train" | "validation"> => ({
  images: (size) => joined(stripes(train, 1, size), stripes(validation, 2, size)),
  train: toPositions(Int32Array.from({length: train}, (_, i) => i)),
  validation: toPositions(Int32Array.from({length: validation}, (_, i) => train + i))
});

const joined = (a: Pixels, b: Pixels): Pixels => ({
  size: a.size,
  rows: toRows(Int32Array.of(...a.rows, ...b.rows)),
  labels: Int32Array.of(...a.labels, ...b.labels),
  data: Buffer.concat([a.data, b.data])
});

/** One convolution and batch norm: what a body has, at the cost of a test. */
const tiny = {
  ...architectures[0],
  body: (layers: Layers, x: tf.Tensor4D, mode: Mode) =>
    layers.relu(
      "relu",
      layers.batchNorm("bn", layers.conv("conv", x, mode, {filters: 8, kernel: 3, strides: 2}), mode, {
        epsilon: 1e-3,
        momentum: 0.9
      }),
      mode
    )
};

export const procedure: Procedure = procedureSchema.parse({
  title: "Two phases",
  description: "For tests.",
  size,
  batchSize: 8,
  phases: [
    {train: "head", trainBatchNorm: false, epochs: 1, maxRate: 1e-2},
    {train: "all", epochs: 3, maxRate: 1e-2}
  ],
  weightDecay: 1e-2,
  dropout: 0.2,
  mixup: 0.2,
  augmentation: {flip: true, rotate: 5, zoom: 1.05, lighting: 0.1}
});

export const accuracy = (probabilities: Float32Array, labels: Int32Array) => {
  const right = labels.filter((label, i) => probabilities[2 * i + label] > 0.5).length / labels.length;
  return {accuracy: right, macroF1: right, weightedF1: right, perClass: []};
};

/** A toy training, with changes. */
export const options = (changes: Partial<TrainingOptions> = {}): TrainingOptions => ({
  network: new Network(tiny, {classes: 2, size, dropout: procedure.dropout}, randomly(1)),
  procedure,
  ...images(64, 32),
  threads: 0,
  classes: 2,
  seed: 1,
  score: accuracy,
  ...changes
});
