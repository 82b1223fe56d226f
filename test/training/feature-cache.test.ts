import assert from "node:assert/strict";
import {before, test} from "node:test";
import * as tf from "@tensorflow/tfjs";
import {toPositions, toRows} from "../../src/lib/dataset/rows.js";
import {useBackend} from "../../src/lib/engine/backend.js";
import {eager} from "../../src/lib/engine/graph/index.js";
import {randomly} from "../../src/lib/models/initialise.js";
import type {Layers, Mode} from "../../src/lib/models/layers.js";
import {inference} from "../../src/lib/models/layers.js";
import {Network} from "../../src/lib/models/network.js";
import {architectures} from "../../src/lib/models/registry.js";
import {mulberry32} from "../../src/lib/measures/random.js";
import {Adam} from "../../src/lib/training/adam.js";
import {batchSource} from "../../src/lib/training/batch-source.js";
import {cacheFeatures, featureSource} from "../../src/lib/training/feature-cache.js";
import {lossOf} from "../../src/lib/training/loss.js";
import type {StepSettings} from "../../src/lib/training/one-cycle.js";
import {trained} from "../../src/lib/training/parameter-groups.js";
import type {BatchJob, PreparedBatch} from "../../src/lib/training/prepare.js";
import {trainingStep} from "../../src/lib/training/step.js";

before(async () => void (await useBackend()));

const [size, count, classes] = [32, 70, 3]; // more images than one batch of the cache takes
const random = mulberry32(1);
const pixels = {
  size,
  rows: toRows(Int32Array.from({length: count}, (_, i) => i)),
  labels: Int32Array.from({length: count}, (_, i) => i % classes),
  data: Uint8Array.from({length: count * size * size}, () => 256 * random())
};
const augmentation = {flip: true, rotate: 10, zoom: 1.1, lighting: 0.2};
const settings = {seed: 1, classes, augmentation, variants: 2};

/** Every epoch takes other images together: some of the first and some of the last. */
const jobs: BatchJob[] = Array.from({length: 6}, (_, step) => ({
  positions: toPositions(Int32Array.from({length: 8}, (_, i) => (step * 11 + i * 17) % count)),
  epoch: step >> 1,
  step: step & 1
}));

const tiny = {
  ...architectures[0],
  body: (layers: Layers, x: tf.Tensor4D, mode: Mode) =>
    layers.relu("relu", layers.conv("conv", x, mode, {filters: 8, kernel: 3, strides: 2}), mode)
};
const newNetwork = () => new Network(tiny, {classes, size, dropout: 0.5}, randomly(1));

const near = (actual: ArrayLike<number>, expected: ArrayLike<number>, tolerance: number) => {
  assert.equal(actual.length, expected.length);
  const worst = Array.from(actual, (value, i) => Math.abs(value - expected[i])).reduce((a, b) => Math.max(a, b));
  assert.ok(worst < tolerance, `off by ${worst}`);
};

/** A step that trains the head. */
function stepOf(network: Network, features?: number) {
  const {groups, frozen} = trained(network, {train: "head", trainBatchNorm: false, maxRate: 1e-3});
  const optimizer = new Adam(groups, {weightDecay: 1e-2});
  const options = {network, optimizer, loss: lossOf, frozen, batchSize: 8, size, classes, features};
  const program = eager({train: trainingStep(options)});
  return (batch: PreparedBatch & {seed: number}, schedule: StepSettings) => {
    const {loss, gradientNorm} = program.run("train", {...batch, ...optimizer.next(schedule)});
    const [value] = loss.dataSync();
    tf.dispose([loss, gradientNorm]);
    return value;
  };
}

for (const variants of [0, 2]) {
  test(`features of ${variants} changed copies out of the cache are those computed from the batches`, async () => {
    const network = newNetwork();
    const tensors = tf.memory().numTensors;
    const cache = await cacheFeatures(network, pixels, {...settings, variants});
    assert.equal(cache.features.length, Math.max(variants, 1) * count * cache.columns);
    const cached = featureSource(cache, jobs);
    const computed = batchSource(pixels, {...settings, mixup: 0, variants}, jobs, {threads: 0});
    for (let i = 0; i < jobs.length; ++i) {
      const [{images: features, targets}, batch] = [await cached.next(), await computed.next()];
      const expected = tf.tidy(() =>
        network.embed(network.features(tf.tensor4d(batch.images, [8, size, size, 1]), inference)).dataSync()
      );
      near(features, expected, 1e-5);
      assert.deepEqual(targets, batch.targets);
    }
    assert.equal(tf.memory().numTensors, tensors);
    network.dispose();
  });
}

test("training a head on cached features equals training it on images, to rounding", async () => {
  const schedule = {rate: 1e-3, momentum: 0.9};
  const [onFeatures, onImages] = [newNetwork(), newNetwork()];
  const cache = await cacheFeatures(onFeatures, pixels, settings);
  const cached = featureSource(cache, jobs);
  const computed = batchSource(pixels, {...settings, mixup: 0}, jobs, {threads: 0});
  const [trainCached, train] = [stepOf(onFeatures, cache.columns), stepOf(onImages)];
  for (let seed = 0; seed < jobs.length; ++seed) {
    const losses = [
      trainCached({...(await cached.next()), seed}, schedule),
      train({...(await computed.next()), seed}, schedule)
    ];
    near([losses[0]], [losses[1]], 1e-4);
  }
  const logits = [onFeatures, onImages].map((network) =>
    tf.tidy(() => network.logits(tf.ones([1, size, size, 1]), inference).dataSync())
  );
  near(logits[0], logits[1], 1e-3);
});
