import {augmentBatch} from "../dataset/augment.js";
import {batches, gather} from "../dataset/batches.js";
import type {Pixels} from "../dataset/types.js";
import type {Program} from "../engine/graph/index.js";
import {fastest} from "../engine/graph/index.js";
import type {Network} from "../models/network.js";
import {UserError} from "../support/errors.js";
import {fnv1a32, stream} from "../support/random.js";
import type {AdamState} from "./adam.js";
import {Adam} from "./adam.js";
import type {PredictionSteps} from "./inference.js";
import {predictionSteps, predictWith} from "./inference.js";
import {mixup} from "./mixup.js";
import {oneCycle} from "./one-cycle.js";
import type {Phase, Settings} from "./procedure.js";
import {trainable, trainingStep} from "./step.js";

/** What one epoch did. Losses are mean cross-entropies in nats; scores are of the validation images. */
export interface EpochRecord {
  /** From 1, over all phases. */
  epoch: number;
  phase: Phase["train"];
  trainLoss: number;
  validationLoss: number;
  accuracy: number;
  macroF1: number;
  weightedF1: number;
  imagesPerSecond: number;
  seconds: number;
}

export type SavedWeights = Record<string, {shape: number[]; data: Float32Array}>;

/** Everything needed to go on after an epoch as if nothing had happened. Chance needs no state: it follows from seed and step. */
export interface TrainingState {
  epochs: EpochRecord[];
  /** The learning rate of every step. */
  rates: number[];
  weights: SavedWeights;
  optimizer: AdamState | null;
  /** Of the phase that the last epoch belongs to. */
  best: {epoch: number; score: number; weights: SavedWeights} | null;
}

export interface Scores {
  accuracy: number;
  macroF1: number;
  weightedF1: number;
}

/** Named events of a training run. */
export interface TrainingEvents {
  onStep?(step: {epoch: number; phase: Phase; done: number; total: number; loss: number}): void;
  /** After every epoch, with the state to save. */
  onEpoch?(state: TrainingState): void;
}

export interface TrainingOptions {
  network: Network;
  procedure: Settings;
  train: Pixels;
  validation: Pixels;
  classes: number;
  seed: number;
  /** Scores probabilities, row-major [n, classes], against labels. */
  score(probabilities: Float32Array, labels: Int32Array): Scores;
  /** Where an interrupted run stopped. */
  resume?: TrainingState;
  events?: TrainingEvents;
  signal?: AbortSignal;
  /** Receives warnings. */
  log?(message: string): void;
}

/**
 * Trains a network through the phases of a procedure, in compiled steps where the backend can. A phase ends with the weights
 * of its epoch that had the best weighted F1 on validation; the next goes on from there, and the last leaves the network with
 * them: so did the 2020 study, by fastai v1's `SaveModelCallback`.
 * @throws UserError at the first loss that is not finite
 * @throws the signal's reason when aborted; the state after the last whole epoch has been handed to `onEpoch`
 */
export async function train(options: TrainingOptions): Promise<TrainingState> {
  const {network, procedure, resume, events = {}} = options;
  const state: TrainingState = resume ?? {epochs: [], rates: [], weights: {}, optimizer: null, best: null};
  if (resume) network.load(new Map(Object.entries(resume.weights)), "the checkpoint");
  let first = 0;
  for (const phase of procedure.phases) {
    const last = first + phase.epochs;
    if (state.epochs.length === first && state.best) {
      network.load(new Map(Object.entries(state.best.weights)), "the best epoch of the phase before");
      state.best = null;
    }
    if (state.epochs.length < last) await runPhase({...options, events, state, phase, first, last});
    first = last;
  }
  network.load(new Map(Object.entries(state.best!.weights)), "the best epoch");
  return state;
}

interface PhaseOptions extends TrainingOptions {
  events: TrainingEvents;
  state: TrainingState;
  phase: Phase;
  /** The epochs of the phase, counted from 0 over all phases; `last` is excluded. */
  first: number;
  last: number;
}

type PhaseProgram = Program<{train: ReturnType<typeof trainingStep>} & PredictionSteps>;

/** The steps of a phase, with the network's weights and the optimizer's memory. */
function phaseProgram(options: PhaseOptions, optimizer: Adam): PhaseProgram {
  const {network, procedure, phase, classes, validation, log} = options;
  const {size, batchSize} = procedure;
  const steps = {
    ...predictionSteps(network, validation.rows.length, size),
    train: trainingStep(network, phase, optimizer, {batchSize, size, classes})
  };
  const variables = [...network.variables.values(), ...optimizer.moments];
  return fastest(steps, variables, log ?? (() => {}));
}

async function runPhase(options: PhaseOptions): Promise<void> {
  const {network, procedure, state, phase, first, last, train} = options;
  const optimizer = new Adam(trainable(network, phase), procedure.weightDecay);
  if (state.optimizer && state.epochs.length > first) optimizer.restore(state.optimizer);
  const program = phaseProgram(options, optimizer);
  const stepsPerEpoch = Math.floor(train.rows.length / procedure.batchSize);
  const schedule = oneCycle({maxRate: phase.maxRate, steps: stepsPerEpoch * phase.epochs});
  try {
    for (let epoch = state.epochs.length; epoch < last; ++epoch) {
      const start = performance.now();
      const settings = (step: number) => schedule((epoch - first) * stepsPerEpoch + step);
      const trainLoss = await runEpoch({...options, epoch, program, optimizer, settings, stepsPerEpoch});
      const seconds = (performance.now() - start) / 1000;
      state.epochs.push({
        epoch: epoch + 1,
        phase: phase.train,
        trainLoss,
        ...(await validate(options, program)),
        imagesPerSecond: (stepsPerEpoch * procedure.batchSize) / seconds,
        seconds
      });
      program.read();
      state.weights = Object.fromEntries(await network.save());
      state.optimizer = await optimizer.save();
      const score = state.epochs.at(-1)!.weightedF1;
      if (!state.best || score > state.best.score) state.best = {epoch: epoch + 1, score, weights: state.weights};
      options.events.onEpoch?.(state);
    }
  } finally {
    program.dispose();
    optimizer.dispose();
  }
}

interface EpochOptions extends PhaseOptions {
  epoch: number;
  program: PhaseProgram;
  optimizer: Adam;
  settings(step: number): {rate: number; momentum: number};
  stepsPerEpoch: number;
}

/** Returns the mean training loss. */
async function runEpoch(options: EpochOptions): Promise<number> {
  const {procedure, train, classes, seed, phase, epoch, program, optimizer, state, signal} = options;
  const {size, batchSize} = procedure;
  const random = stream(seed, `epoch ${epoch}`);
  let [step, sum] = [0, 0];
  for (const positions of batches(train.rows.length, {batchSize, random, dropLast: true})) {
    signal?.throwIfAborted();
    const batch = gather(train, positions);
    const plain = {
      values: augmentBatch(batch.data, batchSize, size, random, procedure.augmentation),
      targets: oneHot(batch.labels, classes)
    };
    const {values, targets: shares} = procedure.mixup ? mixup(plain, batchSize, procedure.mixup, random) : plain;
    const settings = options.settings(step);
    const {loss} = program.run("train", {
      images: values,
      targets: shares,
      seed: fnv1a32(`${seed}/${epoch}/${step}`) | 0,
      ...optimizer.next(settings)
    });
    const [value] = await loss.data();
    loss.dispose();
    if (!Number.isFinite(value)) {
      throw new UserError(
        `The loss became ${value} in step ${step + 1} of epoch ${epoch + 1} (phase "${phase.train}").`,
        {
          hint: `Lower maxRate of that phase (now ${phase.maxRate}) in src/study.ts; the last whole epoch is kept.`
        }
      );
    }
    state.rates.push(settings.rate);
    sum += value;
    step += 1;
    options.events.onStep?.({
      epoch,
      phase,
      done: step * batchSize,
      total: options.stepsPerEpoch * batchSize,
      loss: value
    });
    await new Promise(setImmediate);
  }
  return sum / step;
}

/** Row-major [n, classes]: 1 at the label, else 0. */
function oneHot(labels: Int32Array, classes: number): Float32Array {
  const rows = new Float32Array(labels.length * classes);
  labels.forEach((label, i) => (rows[i * classes + label] = 1));
  return rows;
}

async function validate({validation, classes, score}: TrainingOptions, program: PhaseProgram) {
  const probabilities = await predictWith(program, validation);
  return {
    validationLoss: logLoss(probabilities, validation.labels, classes),
    ...score(probabilities, validation.labels)
  };
}

function logLoss(probabilities: Float32Array, labels: Int32Array, classes: number): number {
  const losses = Array.from(labels, (label, i) => -Math.log(Math.max(probabilities[i * classes + label], 1e-15)));
  return losses.reduce((a, b) => a + b, 0) / losses.length;
}
