import type {Pixels} from "../dataset/types.js";
import {UserError} from "../support/errors.js";
import {Adam} from "./adam.js";
import {WeightAverage} from "./average.js";
import type {BatchSource} from "./batch-source.js";
import {batchSource} from "./batch-source.js";
import type {FeatureCache} from "./feature-cache.js";
import {cacheFeatures, featureBatch, featureSource} from "./feature-cache.js";
import type {TrainingOptions} from "./learner.js";
import {balancedWeights, lossOf} from "./loss.js";
import {trained} from "./parameter-groups.js";
import type {PhaseProgram} from "./phase-program.js";
import {phaseProgram} from "./phase-program.js";
import type {BatchJob, PreparedBatch} from "./prepare.js";
import {prepare} from "./prepare.js";
import type {Phase, Settings} from "./procedure.js";
import {filledIn} from "./procedure.js";
import {epochLength, epochOrder} from "./sampler.js";
import type {TrainingState} from "./state.js";
import type {Loss} from "./step.js";

export interface PhaseOptions extends TrainingOptions {
  log(message: string): void;
  /** Where the phase begins or goes on; kept up to date after every epoch and when it is stopped. */
  state: TrainingState;
  phase: Phase;
  /** Of the phase in the procedure. */
  index: number;
  /** In how many parts a batch is computed. */
  parts: number;
}

/** A phase under way. */
export interface PhaseRun extends PhaseOptions {
  filled: ReturnType<typeof filledIn>;
  train: Pixels;
  validation: Pixels;
  stepsPerEpoch: number;
  frozen: ReadonlySet<string>;
  program: PhaseProgram;
  source: BatchSource;
  /** The batch of a job, as the source gives it. */
  prepare(job: BatchJob): PreparedBatch;
  close(): Promise<void>;
}

/** Makes everything that a phase needs, with weights and all as its state has them. */
export async function openPhase(options: PhaseOptions): Promise<PhaseRun> {
  const {network, procedure, classes, seed, state, threads} = options;
  const {batchSize, sampling, weightDecay, clip, averageDecay, augmentation} = procedure;
  const filled = filledIn(procedure, options.phase);
  const {train, validation} = options.images(filled.size);
  const stepsPerEpoch = epochLength(train.labels, {sampling, batchSize}) / batchSize;
  if (stepsPerEpoch === 0) throw tooFew(train.rows.length, batchSize);
  network.load(new Map(Object.entries(state.weights)), "the training's state");
  const cache = await cachedFeatures(options, train);
  const {groups, frozen} = trained(network, filled);
  const optimizer = new Adam(groups, {weightDecay, clip});
  const average = averageDecay > 0 ? new WeightAverage([...network.variables.values()], averageDecay) : undefined;
  const training = {optimizer, average, frozen, loss: lossFor(procedure, train.labels, classes)};
  const program = phaseProgram({
    ...options,
    ...training,
    size: filled.size,
    features: cache?.columns,
    batchSize,
    validation
  });
  program.restore(state);
  const batches = {seed, classes, mixup: filled.mixup, augmentation};
  const run = {...options, filled, train, validation, stepsPerEpoch, frozen, program};
  const upcoming = batchJobs(run, state.epochs.length, state.step);
  const source = cache ? featureSource(cache, upcoming) : batchSource(train, batches, upcoming, {threads});
  return {
    ...run,
    source,
    prepare: (job) => (cache ? featureBatch(cache, job) : prepare(train, job, batches)),
    async close() {
      await source.close();
      program.dispose();
      optimizer.dispose();
      average?.dispose();
    }
  };
}

/** The features of a body that stays as it is, where the phase asks for them. */
async function cachedFeatures(options: PhaseOptions, train: Pixels): Promise<FeatureCache | undefined> {
  const {network, phase, procedure, classes, seed, threads, signal, log} = options;
  if (phase.cachedCopies === undefined) return undefined;
  const settings = {seed, classes, augmentation: procedure.augmentation, variants: phase.cachedCopies};
  return cacheFeatures(network, train, settings, {threads, signal, log});
}

function lossFor({labelSmoothing, focal, classWeights}: Settings, labels: Int32Array, classes: number): Loss {
  const weights = classWeights ? balancedWeights(labels, classes) : undefined;
  return (logits, targets) => lossOf(logits, targets, {labelSmoothing, focal, weights});
}

/** The batches from a step of an epoch on, epoch after epoch. */
export function* batchJobs(
  {train, procedure, seed, stepsPerEpoch}: Pick<PhaseRun, "train" | "procedure" | "seed" | "stepsPerEpoch">,
  epoch: number,
  first = 0
): Generator<BatchJob, never> {
  const {batchSize, sampling} = procedure;
  for (; ; ++epoch, first = 0) {
    const order = epochOrder(train.labels, {seed, epoch, sampling, batchSize});
    for (let step = first; step < stepsPerEpoch; ++step) {
      yield {positions: order.slice(step * batchSize, (step + 1) * batchSize), epoch, step};
    }
  }
}

const tooFew = (images: number, batchSize: number) =>
  new UserError(`There are ${images} images to train on, fewer than a batch of ${batchSize}.`, {
    hint: "Lower batchSize in src/study.ts, or train on a larger fraction."
  });
