import {pick, type Positions} from "../../lib/dataset/rows.js";
import {type Division, subset} from "../../lib/dataset/split.js";
import type {Pixels} from "../../lib/dataset/types.js";
import {scoresOf} from "../../lib/evaluation/scores.js";
import {greyStem as withGreyStem} from "../../lib/models/grey-stem.js";
import type {Initialisation} from "../../lib/models/initialisation.js";
import {createNetwork, type Network} from "../../lib/models/network.js";
import {architecture} from "../../lib/models/registry.js";
import type {StageContext} from "../../lib/pipeline/types.js";
import type {Run} from "../../lib/study/schema.js";
import {Checkpoints} from "../../lib/training/checkpoint.js";
import {train} from "../../lib/training/learner.js";
import type {TrainingOptions} from "../../lib/training/options.js";
import type {Settings} from "../../lib/training/procedure.js";
import {batchSizeOf} from "../../lib/training/sampler.js";
import type {TrainingState} from "../../lib/training/state.js";
import {fixed} from "../../lib/measures/decimal.js";
import {startBackend} from "./start-backend.js";

/** The network of a run as its procedure has it. A backend must have been started. */
export const architectureOf = async (model: string, {greyStem}: Pick<Settings, "greyStem">) =>
  greyStem ? withGreyStem(architecture(model)) : architecture(model);

/** Which part of the training images a run takes. */
export type Part = Pick<Run, "fraction" | "seed">;

/**
 * Positions in the training list of the images that a run trains on: of each class the same share, or all without a
 * part.
 */
export const trainingPositions = ({train}: Pick<Division, "train">, labels: Int32Array, part?: Part): Positions =>
  part ? pick(train, subset(pick(labels, train), part.fraction, part.seed)) : train;

/** What decides how a network is trained. */
export interface TrainingParams extends Part {
  model: string;
  initialisation: Initialisation;
  procedure: Settings;
}

/** The images that it is trained on. */
export interface TrainingSet {
  classes: number;
  images(size: number): Pixels;
  labels: Int32Array;
  division: Division;
}

/**
 * Trains a network from its start, or goes on from its last checkpoint: its weights at the best epoch of the last
 * phase, and what happened on the way.
 * @param prepare changes the network after its initialisation
 */
export async function trainNetwork(
  {model, initialisation, seed, fraction, procedure}: TrainingParams,
  {classes, images, labels, division}: TrainingSet,
  context: StageContext,
  prepare?: (network: Network) => void
) {
  await startBackend(context);
  const options = {classes, dropout: procedure.dropout, size: procedure.size, initialisation, seed};
  const network = await createNetwork(await architectureOf(model, procedure), options);
  prepare?.(network);
  const checkpoints = new Checkpoints<TrainingState>(context.workspace, context.log);
  const resume = checkpoints.latest();
  if (resume) context.log(`continues after epoch ${resume.epochs.length}, step ${resume.step}`);
  const taken = trainingPositions(division, labels, {fraction, seed});
  const {epochs, steps, finders, best} = await train({
    network,
    procedure: {...procedure, batchSize: batchSizeOf(taken.length, procedure.batchSize)},
    images,
    train: taken,
    validation: division.validation,
    classes,
    seed,
    score: (probabilities, labels) => scoresOf(probabilities, labels, classes),
    resume,
    signal: context.signal,
    log: context.log,
    events: {
      ...reporting(procedure.phases, context),
      onState: (state) => checkpoints.save(state.steps.losses.length, state)
    }
  });
  const parameters = trainableValues(network);
  network.dispose();
  return {weights: best!.weights, epochs, steps, finders, selected: best!.epoch, parameters};
}

function reporting(phases: readonly {epochs: number}[], {progress}: StageContext): TrainingOptions["events"] {
  const epochs = phases.reduce((sum, phase) => sum + phase.epochs, 0);
  return {
    onStep: ({epoch, phase, done, total, loss}) =>
      progress({
        done: epoch * total + done,
        total: epochs * total,
        unit: "images",
        note: `epoch ${epoch + 1}/${epochs} (${phase.train}), loss ${fixed(loss, 3)}`
      })
  };
}

const trainableValues = (network: Network) =>
  [...network.variables.values()].reduce((sum, {trainable, size}) => sum + (trainable ? size : 0), 0);
