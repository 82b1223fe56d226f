import {pick} from "../dataset/rows.js";
import type {Pixels} from "../dataset/types.js";
import {UserError} from "../support/errors.js";
import {Adam} from "./adam.js";
import {WeightAverage} from "./average.js";
import type {BatchSource} from "./batch-source.js";
import {batchSource} from "./batch-source.js";
import type {FeatureCache} from "./feature-cache.js";
import {cacheFeatures, featureBatch, featureSource} from "./feature-cache.js";
import {balancedWeights, lossOf} from "./loss.js";
import type {PhaseOptions} from "./options.js";
import {trained} from "./parameter-groups.js";
import type {PhaseProgram} from "./phase-program.js";
import {phaseProgram} from "./phase-program.js";
import type {BatchJob, PreparedBatch} from "./prepare.js";
import {prepare} from "./prepare.js";
import type {Settings} from "./procedure.js";
import {filledIn} from "./procedure.js";
import {epochLength} from "./sampler.js";
import type {Loss} from "./step.js";

/** A phase under way: its steps, ready to run, and what gives them batches. */
export interface OpenPhase extends PhaseOptions {
  filled: ReturnType<typeof filledIn>;
  /** The classes of the images that train, and of those that validate. */
  trainLabels: Int32Array;
  validationLabels: Int32Array;
  stepsPerEpoch: number;
  /** Layers whose batch norms keep their statistics. */
  frozen: ReadonlySet<string>;
  program: PhaseProgram;
  /** The batch of a job, as `batches` give it. */
  prepare(job: BatchJob): PreparedBatch;
  /** Gives the batches of jobs, prepared ahead. To be closed. */
  batches(jobs: Iterable<BatchJob>): BatchSource;
  dispose(): void;
}

/** Makes everything that a phase needs, with weights and all as its state has them. */
export async function openPhase(options: PhaseOptions): Promise<OpenPhase> {
  const {network, procedure, classes, seed, state, threads, train, validation} = options;
  const {batchSize, sampling, weightDecay, clip, averageDecay, augmentation} = procedure;
  const filled = filledIn(procedure, options.phase);
  const pixels = options.images(filled.size);
  const [trainLabels, validationLabels] = [train, validation].map((part) => pick(pixels.labels, part));
  const stepsPerEpoch = epochLength(trainLabels, {sampling, batchSize}) / batchSize;
  if (stepsPerEpoch === 0) throw tooFew(train.length, batchSize);
  network.load(new Map(Object.entries(state.weights)), "the training's state");
  const cache = await cachedFeatures(options, pixels);
  const {groups, frozen} = trained(network, filled);
  const optimizer = new Adam(groups, {weightDecay, clip});
  const average = averageDecay > 0 ? new WeightAverage([...network.variables.values()], averageDecay) : undefined;
  const loss = lossFor(procedure, trainLabels, classes);
  const steps = {optimizer, average, frozen, loss, batchSize, size: filled.size, features: cache?.columns};
  const program = phaseProgram({...options, ...steps, pixels});
  program.restore(state);
  const settings = {seed, classes, mixup: filled.mixup, augmentation};
  return {
    ...options,
    ...{filled, trainLabels, validationLabels, stepsPerEpoch, frozen, program},
    prepare: (job) => (cache ? featureBatch(cache, job) : prepare(pixels, job, settings)),
    batches: (jobs) => (cache ? featureSource(cache, jobs) : batchSource(pixels, settings, jobs, {threads})),
    dispose() {
      program.dispose();
      optimizer.dispose();
      average?.dispose();
    }
  };
}

/** The features of a body that stays as it is, where the phase asks for them. */
async function cachedFeatures(options: PhaseOptions, pixels: Pixels): Promise<FeatureCache | undefined> {
  const {network, phase, procedure, classes, seed, threads, signal, log, train} = options;
  if (phase.cachedCopies === undefined) return undefined;
  const settings = {seed, classes, augmentation: procedure.augmentation, variants: phase.cachedCopies};
  return cacheFeatures(network, pixels, settings, {positions: train, threads, signal, log});
}

function lossFor({labelSmoothing, focal, classWeights}: Settings, labels: Int32Array, classes: number): Loss {
  const weights = classWeights ? balancedWeights(labels, classes) : undefined;
  return (logits, targets) => lossOf(logits, targets, {labelSmoothing, focal, weights});
}

const tooFew = (images: number, batchSize: number) =>
  new UserError(`There are ${images} images to train on, fewer than a batch of ${batchSize}.`, {
    hint: "Lower batchSize in src/study.ts, or train on a larger fraction."
  });
