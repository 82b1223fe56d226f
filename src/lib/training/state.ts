import type {Network} from "../models/network.js";
import type {AdamState} from "./adam.js";
import type {AverageState} from "./average.js";
import type {FinderCurve} from "./finder.js";
import type {Phase} from "./procedure.js";

export interface ClassScores {
  precision: number;
  recall: number;
  f1: number;
}

export interface Scores {
  accuracy: number;
  macroF1: number;
  weightedF1: number;
  /** In the order of the classes. */
  perClass: ClassScores[];
}

/** What one epoch did. Losses are mean losses in nats; scores are of the validation images. */
export interface EpochRecord extends Scores {
  /** Counts from 1, over all phases. */
  epoch: number;
  /** Index into the procedure's phases. */
  phase: number;
  trains: Phase["train"];
  /** Side of the images, in pixels. */
  size: number;
  trainLoss: number;
  validationLoss: number;
  imagesPerSecond: number;
  /** The share of the time that the network waited for its batches. */
  waiting: number;
  /** What the steps took, without validation; in an epoch that was interrupted, those since it went on. */
  seconds: number;
  /** The most memory that the process has held so far, in MiB. */
  peakMemory: number;
  /** How many parts a batch was computed in, for want of memory. */
  parts: number;
}

/** What every step did, over all epochs. */
export interface StepRecords {
  /** Rates of the highest group of parameters. */
  rates: number[];
  momenta: number[];
  losses: number[];
  /** Norms of all gradients together. */
  gradientNorms: number[];
}

export type SavedWeights = Record<string, {shape: number[]; data: Float32Array}>;

/**
 * Everything needed to go on as if nothing had happened, after an epoch or within one. Chance needs no state: it
 * follows from seed, epoch and step.
 */
export interface TrainingState {
  epochs: EpochRecord[];
  steps: StepRecords;
  /** Searches for a learning rate in the phases so far that ask for one. */
  finders: ({phase: number} & FinderCurve)[];
  /** How many steps of the epoch after `epochs` are done. */
  step: number;
  weights: SavedWeights;
  /** Null where a phase has not begun. */
  optimizer: AdamState | null;
  /** Moving averages of the weights, where the procedure keeps them. */
  averages: AverageState | null;
  /** The best epoch of the phase that is under way. */
  best: {epoch: number; score: number; weights: SavedWeights} | null;
}

export const emptySteps = (): StepRecords => ({rates: [], momenta: [], losses: [], gradientNorms: []});

/** The state of a training that has not begun. */
export const untrained = (weights: SavedWeights): TrainingState => ({
  epochs: [],
  steps: emptySteps(),
  finders: [],
  step: 0,
  weights,
  optimizer: null,
  averages: null,
  best: null
});

/** Copies a network's weights out. */
export const savedWeights = async (network: Network): Promise<SavedWeights> => Object.fromEntries(await network.save());
