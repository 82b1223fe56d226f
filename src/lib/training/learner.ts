import type {Pixels} from "../dataset/types.js";
import type {Network} from "../models/network.js";
import {fitting} from "./memory.js";
import type {Phase, Settings} from "./procedure.js";
import {isOver, runPhase} from "./run-phase.js";
import type {Scores, TrainingState} from "./state.js";
import {savedWeights, untrained} from "./state.js";

/** Named events of a training run. */
export interface TrainingEvents {
  onStep?(step: {epoch: number; phase: Phase; done: number; total: number; loss: number}): void;
  /** After every epoch, and when a run is stopped within one, with the state to save. */
  onState?(state: TrainingState): void;
}

export interface TrainingOptions {
  network: Network;
  procedure: Settings;
  /** The images of one size. */
  images(size: number): {train: Pixels; validation: Pixels};
  classes: number;
  seed: number;
  /** Scores probabilities, row-major [n, classes], against labels. */
  score(probabilities: Float32Array, labels: Int32Array): Scores;
  /** Where an interrupted run stopped. */
  resume?: TrainingState;
  events?: TrainingEvents;
  signal?: AbortSignal;
  /** Threads that prepare batches; 0: this one. Of no effect on the result. */
  threads?: number;
  /** Receives warnings. */
  log?(message: string): void;
}

/**
 * Trains a network through the phases of a procedure, in compiled steps where the backend can. A phase ends with the
 * weights of its epoch that had the best weighted F1 on validation; the next goes on from there, and the last leaves
 * the network with them: so did the 2020 study, by fastai v1's `SaveModelCallback`.
 * @throws UserError at the first loss that is not finite, or where not even a small part of a batch fits into memory
 * @throws the signal's reason when aborted; the state after the last whole step has been handed to `onState`
 */
export async function train(options: TrainingOptions): Promise<TrainingState> {
  const {network, procedure, log = () => {}} = options;
  const state = options.resume ?? untrained(await savedWeights(network));
  for (const [index, phase] of procedure.phases.entries()) {
    if (isOver(state, index, procedure)) continue;
    if (state.step === 0 && state.epochs.at(-1)?.phase !== index) beginPhase(state);
    const {batchSize} = procedure;
    const parts = state.epochs.at(-1)?.parts ?? 1;
    await fitting({batchSize, parts, log}, (parts) => runPhase({...options, log, state, phase, index, parts}));
  }
  network.load(new Map(Object.entries(state.best!.weights)), "the best epoch");
  return state;
}

function beginPhase(state: TrainingState): void {
  state.weights = state.best?.weights ?? state.weights;
  state.optimizer = state.averages = state.best = null;
}
