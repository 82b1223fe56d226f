import assert from "node:assert/strict";
import * as tf from "@tensorflow/tfjs";
import {toRows} from "../../src/lib/dataset/rows.js";
import type {Pixels} from "../../src/lib/dataset/types.js";
import type {Architecture} from "../../src/lib/models/architecture.js";
import {architectures} from "../../src/lib/models/registry.js";
import type {StageContext} from "../../src/lib/pipeline/index.js";
import type {Run, Study} from "../../src/lib/study/schema.js";
import type {SavedWeights} from "../../src/lib/training/state.js";
import {study as real} from "../../src/study.js";

// Quicker to start than the others, and enough for so small a network.
process.env.TFJS_BACKEND ??= "cpu";

/** A network that sees nothing but how bright an image is: what it says of one can be worked out by hand. */
export const toy: Architecture = {
  id: "toy",
  title: "Toy",
  paper: "nobody",
  year: 2020,
  size: 32,
  preprocess: (images) => tf.concat([images, images, images], 3),
  body: (layers, images, mode) => layers.conv("conv", images, mode, {filters: 1, kernel: 1}),
  top: {
    embed: (features) => tf.mean(features, [1, 2]),
    classify: (layers, embedded, mode, {classes}) => layers.dense("logits", embedded, mode, {units: classes})
  },
  groups: [],
  featureLayer: "conv"
};
(architectures as Architecture[]).push(toy);

/**
 * Weights with which an image is taken for the second of two classes where it is brighter than the threshold, 0 to 1.
 */
export const brighterThan = (threshold: number, sharpness = 8): SavedWeights => ({
  "conv/kernel": {shape: [1, 1, 3, 1], data: Float32Array.of(1, 0, 0)},
  "logits/kernel": {shape: [1, 2], data: Float32Array.of(0, sharpness)},
  "logits/bias": {shape: [2], data: Float32Array.of(0, -sharpness * threshold)}
});

/** What such a network says of the second class. */
export const chance = (brightness: number, threshold: number, sharpness = 8) =>
  1 / (1 + Math.exp(-sharpness * (brightness - threshold)));

/** Images of one grey level each, 0 to 255; their rows are not their positions. */
export function plain(
  levels: number[],
  {labels = levels.map(() => 0), rows = levels.map((_, i) => 2 * i + 3), size = 4} = {}
): Pixels {
  return {
    size,
    rows: toRows(Int32Array.from(rows)),
    labels: Int32Array.from(labels),
    data: Uint8Array.from(levels.flatMap((level) => new Array<number>(size * size).fill(level)))
  };
}

/** The same images with one pixel each, at a place of its own, that is white or as bright as is said. */
export const withSpots = (images: Pixels, places: number[], levels = places.map(() => 255)): Pixels => {
  const data = images.data.slice();
  places.forEach((place, i) => (data[i * images.size ** 2 + place] = levels[i]));
  return {...images, data};
};

export function near(actual: ArrayLike<number>, expected: ArrayLike<number>, tolerance = 1e-5): void {
  assert.equal(actual.length, expected.length);
  Array.from(expected).forEach((value, i) =>
    assert.ok(Math.abs(actual[i] - value) <= tolerance, `${actual[i]} is not ${value}, at ${i}`)
  );
}

/** The study with runs of the toy; its procedure predicts every image as it is. */
export function toyStudy(settings: object = {}, runs: Partial<Run>[] = [{}]): Study {
  const procedure = {
    ...real.procedures["two-core-from-scratch"],
    ...{size: 32, testCopies: 0, batchSize: 4, dropout: 0, mixup: 0, weightDecay: 0},
    augmentation: {flip: false, rotate: 0, zoom: 1, lighting: 0, warp: 0},
    phases: [
      {train: "all" as const, trainBatchNorm: true, epochs: 2, maxRate: 1, schedule: "one-cycle" as const, finder: 0}
    ],
    ...settings
  };
  return {
    ...real,
    validation: {fraction: 0.1, seed: 42, groupByPatient: false},
    procedures: {toy: procedure},
    runs: runs.map((run, i) => ({
      ...{id: `toy-${i + 1}`, model: "toy", initialisation: "random", procedure: "toy", fraction: 1, seed: 1},
      ...run
    })),
    analyses: {...real.analyses, ensemble: {members: []}, bootstrap: {resamples: 200, seed: 1}}
  };
}

/** For stages that are run without a pipeline. */
export const context = (changes: Partial<StageContext> = {}): StageContext => ({
  progress() {},
  log() {},
  record() {},
  signal: new AbortController().signal,
  workspace: "",
  ...changes
});
