import type {Positions} from "../dataset/rows.js";
import type {Pixels} from "../dataset/types.js";
import type {Network} from "../models/network.js";
import type {Phase, Settings} from "./procedure.js";
import type {Scores, TrainingState} from "./state.js";

/** Named events of a training run. */
export interface TrainingEvents {
  onStep?(step: {epoch: number; phase: Phase; done: number; total: number; loss: number}): void;
  /** After every epoch, and when a run is stopped within one, with the state to save. */
  onState?(state: TrainingState): void;
}

/** What a training run is given. */
export interface TrainingOptions {
  network: Network;
  procedure: Settings;
  /** The training list's images in one size, the same ones in every size. */
  images(size: number): Pixels;
  /** Positions among these of the images that train, and of those that validate. */
  train: Positions;
  validation: Positions;
  classes: number;
  seed: number;
  /** Scores probabilities, row-major [n, classes], against labels. */
  score(probabilities: Float32Array, labels: Int32Array): Scores;
  /** The state in which an interrupted run stopped. */
  resume?: TrainingState;
  events?: TrainingEvents;
  signal?: AbortSignal;
  /** Threads that prepare batches; 0: this one. Of no effect on the result. */
  threads?: number;
  /** Receives warnings. */
  log?(message: string): void;
}

/** What a phase of it is given. */
export interface PhaseOptions extends TrainingOptions {
  log(message: string): void;
  /** The state in which the phase begins or goes on; kept up to date after every epoch and when it is stopped. */
  state: TrainingState;
  phase: Phase;
  /** The phase's place in the procedure. */
  index: number;
  /** The number of parts that a batch is computed in. */
  parts: number;
}
