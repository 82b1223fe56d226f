import type * as tf from "@tensorflow/tfjs";
import {pick, type Positions, toPositions} from "../dataset/rows.js";
import type {Pixels} from "../dataset/types.js";
import {fastest, step} from "../engine/graph/index.js";
import {inference} from "../models/layers.js";
import type {Network} from "../models/network.js";
import type {BatchSource, SourceOptions} from "./batch-source.js";
import {batchSource, sourceHere} from "./batch-source.js";
import {everyPosition, joined} from "./inference.js";
import type {BatchJob, BatchSettings, PreparedBatch} from "./prepare.js";
import {oneHot, variantOf} from "./prepare.js";

const largestBatch = 64;

/** Mixup is left out: it mixes images, and the features of a mixture are no mixture of features. */
export type CacheSettings = Omit<BatchSettings, "mixup"> & Required<Pick<BatchSettings, "variants">>;

/** The features that a frozen body gives for every changed copy of every image. */
export interface FeatureCache extends Pick<CacheSettings, "classes" | "variants"> {
  /** As `Network.classify` takes them, row-major [max(variants, 1), images, columns]. */
  features: Float32Array;
  columns: number;
  /** The place in `features` of the image at each position, and its label. */
  places: Int32Array;
  labels: Int32Array;
}

export interface CacheOptions extends SourceOptions {
  /** The images that are cached; all without it. */
  positions?: Positions;
  onBatch?(done: number, total: number): void;
  signal?: AbortSignal;
  /** Receives warnings. */
  log?(message: string): void;
}

/**
 * Runs a network's body, in inference mode, once over every changed copy of every image that `prepare` makes under the
 * same settings. It holds for as long as the body does not change: neither its weights nor its batch norms' statistics.
 * Features are those that computing them each time gives but for rounding, which may depend on the size of the batch.
 */
export async function cacheFeatures(
  network: Network,
  pixels: Pixels,
  settings: CacheSettings,
  {onBatch, log = () => {}, signal, positions: cached = everyPosition(pixels), ...options}: CacheOptions = {}
): Promise<FeatureCache> {
  const {classes, variants} = settings;
  const {labels, size} = pixels;
  const places = new Int32Array(labels.length).fill(-1);
  cached.forEach((position, place) => (places[position] = place));
  const jobs = everyCopy(cached, Math.max(variants, 1));
  const source = batchSource(pixels, {...settings, mixup: 0}, jobs, options);
  const steps = {embed: embeddingStep(network, jobs[0].positions.length, size)};
  const program = fastest(steps, [...network.body.variables.values()], log);
  const parts: Float32Array[] = [];
  let columns = 0;
  try {
    for (const {step} of jobs) {
      signal?.throwIfAborted();
      const {features} = program.run("embed", {images: (await source.next()).images});
      columns = features.shape[1]!;
      const left = cached.length - step * jobs[0].positions.length;
      parts.push(((await features.data()) as Float32Array).subarray(0, columns * left));
      features.dispose();
      onBatch?.(parts.length, jobs.length);
    }
  } finally {
    program.dispose();
    await source.close();
  }
  return {features: joined(parts), columns, places, labels, classes, variants};
}

/**
 * Jobs of one size, for one compiled step, that cover the images in order once for each copy; the last goes on from the
 * start.
 */
function everyCopy(images: Positions, copies: number): BatchJob[] {
  const batch = Math.min(largestBatch, images.length);
  const perCopy = Math.ceil(images.length / batch);
  return Array.from({length: copies * perCopy}, (_, i) => {
    const step = i % perCopy;
    const places = toPositions(Array.from({length: batch}, (_, j) => (step * batch + j) % images.length));
    return {positions: pick(images, places), epoch: Math.floor(i / perCopy), step};
  });
}

const embeddingStep = (network: Network, n: number, size: number) =>
  step({images: {shape: [n, size, size, 1]}}, ({images}) => ({
    features: network.embed(network.features(images as tf.Tensor4D, inference))
  }));

/** The batches of jobs out of a cache: those of `batchSource` under the same settings, as the body sees them. */
export const featureSource = (cache: FeatureCache, jobs: Iterable<BatchJob>): BatchSource =>
  sourceHere((job) => featureBatch(cache, job), jobs);

/** The batch of a job, with features in place of images. */
export function featureBatch(cache: FeatureCache, job: BatchJob): PreparedBatch {
  const {features, columns, places, labels, classes, variants} = cache;
  const {positions, epoch} = job;
  const batch = new Float32Array(positions.length * columns);
  const copy = (variantOf(epoch, variants) * features.length) / columns / Math.max(variants, 1);
  positions.forEach((position, i) => {
    const from = (copy + places[position]) * columns;
    batch.set(features.subarray(from, from + columns), i * columns);
  });
  return {images: batch, targets: oneHot(labels, positions, classes)};
}
