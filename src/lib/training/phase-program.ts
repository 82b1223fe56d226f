import * as tf from "@tensorflow/tfjs";
import type {Positions} from "../dataset/rows.js";
import type {Pixels} from "../dataset/types.js";
import type {Program, Steps} from "../engine/graph/index.js";
import {fastest} from "../engine/graph/index.js";
import {fnv1a32} from "../measures/random.js";
import type {WeightAverage} from "./average.js";
import {predict, predictionSteps, predictWith} from "./inference.js";
import {isOutOfMemory} from "./memory.js";
import type {StepSettings} from "./one-cycle.js";
import type {PreparedBatch} from "./prepare.js";
import type {SavedWeights, TrainingState} from "./state.js";
import {savedWeights} from "./state.js";
import {accumulatingSteps, type StepOptions, trainingStep} from "./step.js";

export interface PhaseProgramOptions extends StepOptions {
  /** The number of parts that a batch is computed in. */
  parts: number;
  /** The images, and the positions of those that validate. */
  pixels: Pixels;
  validation: Positions;
  log(message: string): void;
}

export interface StepOutcome {
  loss: number;
  /** The norm of all gradients together, before clipping. */
  gradientNorm: number;
}

type Trained = Pick<TrainingState, "weights" | "optimizer" | "averages">;

/** The steps of a phase with the weights, the optimizer's memory and the moving average that they change. */
export interface PhaseProgram {
  /** Trains on a batch. Chance follows from the seed. */
  step(batch: PreparedBatch, settings: StepSettings, seed: string): Promise<StepOutcome>;
  /**
   * Class probabilities of the validation images, row-major [n, classes], and the weights that gave them: averaged ones
   * where these are kept.
   */
  evaluate(): Promise<{probabilities: Float32Array; weights: SavedWeights}>;
  /** Makes everything as the state has it. */
  restore(state: Trained): void;
  /** Copies everything out. The network's variables have these weights, too. */
  capture(): Promise<Trained>;
  dispose(): void;
}

/** Makes the steps of a phase ready to run, compiled where the backend can. */
export function phaseProgram(options: PhaseProgramOptions): PhaseProgram {
  const {network, optimizer, average, pixels, validation, size, parts, log} = options;
  const sums = parts > 1 ? optimizer.zeros() : [];
  const partial = {...options, batchSize: options.batchSize / parts};
  const steps = {
    ...predictionSteps(network, validation.length, size),
    ...(parts > 1 ? accumulatingSteps(partial, parts, sums) : {train: trainingStep(options)})
  };
  const variables = [
    ...network.variables.values(),
    ...optimizer.moments,
    ...(average ? [average.averages] : []),
    ...sums
  ];
  const program = fastest(steps as Steps, variables, log);
  const evaluate = async () => {
    program.read();
    // The phase's own steps are for as many images as did not fit.
    const probabilities = await predictWith(program, pixels, {positions: validation}).catch((error: unknown) => {
      if (isOutOfMemory(error)) return predict(network, pixels, undefined, validation);
      throw error;
    });
    return {probabilities, weights: await savedWeights(network)};
  };
  return {
    step: parts > 1 ? inParts(program, options) : whole(program, options),
    evaluate: average ? () => averaged(program, average, evaluate) : evaluate,
    restore(state) {
      network.load(new Map(Object.entries(state.weights)), "the training's state");
      optimizer.restore(state.optimizer);
      average?.restore(state.averages);
      program.write();
    },
    async capture() {
      program.read();
      const [weights, memory, averages] = [savedWeights(network), optimizer.save(), average?.save()];
      return {weights: await weights, optimizer: await memory, averages: (await averages) ?? null};
    },
    dispose() {
      program.dispose();
      tf.dispose(sums);
    }
  };
}

const nextNumbers = ({optimizer, average}: StepOptions, settings: StepSettings) => ({
  ...optimizer.next(settings),
  ...average?.next()
});

const seedOf = (text: string) => fnv1a32(text) | 0;

const whole =
  (program: Program<Steps>, options: StepOptions): PhaseProgram["step"] =>
  async (batch, settings, seed) =>
    valuesOf(program.run("train", {...batch, seed: seedOf(seed), ...nextNumbers(options, settings)}));

const inParts =
  (program: Program<Steps>, {parts, ...options}: PhaseProgramOptions): PhaseProgram["step"] =>
  async (batch, settings, seed) => {
    let sum = 0;
    for (let part = 0; part < parts; ++part) {
      const feeds = {...partOf(batch, part, parts), seed: seedOf(`${seed}/${part}`)};
      sum += (await valuesOf(program.run("accumulate", feeds))).loss;
    }
    return {...(await valuesOf(program.run("apply", nextNumbers(options, settings)))), loss: sum / parts};
  };

function partOf({images, targets}: PreparedBatch, part: number, parts: number): PreparedBatch {
  const slice = (values: Float32Array) =>
    values.subarray((part * values.length) / parts, ((part + 1) * values.length) / parts);
  return {images: slice(images), targets: slice(targets)};
}

/** Does work while the averages stand in for the weights. */
async function averaged<T>(program: Program<Steps>, average: WeightAverage, work: () => Promise<T>): Promise<T> {
  program.read();
  average.exchange();
  program.write();
  try {
    return await work();
  } finally {
    average.exchange();
    program.write();
  }
}

/** Scalars by name, as numbers. */
async function valuesOf(scalars: Record<string, tf.Tensor>): Promise<StepOutcome> {
  const entries = Object.entries(scalars).map(async ([name, tensor]) => [name, (await tensor.data())[0]]);
  const values = Object.fromEntries(await Promise.all(entries)) as unknown as StepOutcome;
  tf.dispose(scalars);
  return values;
}
