import {fixed} from "../shared/rounding.js";
import {requireGpu} from "../../lib/engine/gpu.js";
import {pick, type Positions} from "../../lib/dataset/rows.js";
import {type Division, subset} from "../../lib/dataset/split.js";
import type {Pixels} from "../../lib/dataset/types.js";
import {scoresOf} from "../../lib/evaluation/scores.js";
import {greyStem as withGreyStem} from "../../lib/models/grey-stem.js";
import {needsImageNet} from "../../lib/models/initialisation.js";
import {createNetwork, type Network} from "../../lib/models/network.js";
import {architecture} from "../../lib/models/registry.js";
import {locateWeights} from "../../lib/models/weights/locate.js";
import {stage} from "../../lib/pipeline/stage.js";
import type {Node, StageContext} from "../../lib/pipeline/types.js";
import type {Run, Study} from "../../lib/study/schema.js";
import {Checkpoints} from "../../lib/training/checkpoint.js";
import {divergenceOf} from "../../lib/training/diverged.js";
import {train} from "../../lib/training/learner.js";
import type {TrainingOptions} from "../../lib/training/options.js";
import {type Settings, settingsOf, sizesOf} from "../../lib/training/procedure.js";
import {batchSizeOf} from "../../lib/training/sampler.js";
import type {TrainingState} from "../../lib/training/state.js";
import {inventory, pixels, split} from "../data/dataset.js";
import * as shapes from "./shapes.js";
import {startBackend} from "./start-backend.js";

export interface RunArgs {
  study: Study;
  run: Run;
}

export const procedureOf = ({study, run}: RunArgs) => study.procedures[run.procedure];

type TrainingImages = Readonly<Record<`images-${number}`, Node<Pixels>>>;
type TrainingInputs = TrainingImages & {split: ReturnType<typeof split>; inventory: ReturnType<typeof inventory>};

/** The training list's images in every size that the run's procedure takes. */
const trainingImages = ({study, run}: RunArgs): TrainingImages =>
  Object.fromEntries(
    sizesOf(procedureOf({study, run})).map((size) => [`images-${size}`, pixels({study, split: "train", size})])
  );

/** The network of a run as its procedure has it. A backend must have been started. */
export const architectureOf = async (model: string, {greyStem}: Pick<Settings, "greyStem">) =>
  greyStem ? withGreyStem(architecture(model)) : architecture(model);

/**
 * Trains a run's network: its weights at the best epoch of the last phase, and what happened on the way. Hours for a
 * large network.
 */
export const training = stage({
  name: "training",
  module: import.meta.url,
  revision: 4,
  effort: "hours",
  id: ({run}: RunArgs) => run.id,
  inputs: (args): TrainingInputs => ({...trainingImages(args), split: split(args), inventory: inventory(args)}),
  params: ({study, run}) => ({...run, id: undefined, procedure: settingsOf(study.procedures[run.procedure])}),
  external: (args) =>
    procedureOf(args).needsGpu || needsImageNet(args.run.initialisation) ? () => startsFrom(args) : undefined,
  run: async (inputs, {model, initialisation, seed, fraction, procedure}, context) => {
    await startBackend(context);
    const {split, inventory} = inputs;
    const classes = inventory.classes.length;
    const options = {classes, dropout: procedure.dropout, size: procedure.size, initialisation, seed};
    const network = await createNetwork(await architectureOf(model, procedure), options);
    const checkpoints = new Checkpoints<TrainingState>(context.workspace, context.log);
    const resume = checkpoints.latest();
    if (resume) context.log(`continues after epoch ${resume.epochs.length}, step ${resume.step}`);
    const taken = trainingPositions(split, inventory.splits.train.labels, {fraction, seed});
    const {epochs, steps, finders, best} = await train({
      network,
      procedure: {...procedure, batchSize: batchSizeOf(taken.length, procedure.batchSize)},
      images: (size) => inputs[`images-${size}`],
      train: taken,
      validation: split.validation,
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
    return {weights: best!.weights, epochs, steps: asFloat32(steps), finders, selected: best!.epoch, parameters};
  }
});

/**
 * Digest of the weight file that a run starts from, empty where it needs none.
 * @throws UserError where the file or a GPU that its procedure needs is not here
 */
function startsFrom({study, run}: RunArgs): string {
  const {title, needsGpu} = procedureOf({study, run});
  if (needsGpu) requireGpu(`"${title}"`);
  return needsImageNet(run.initialisation) ? imagenetDigest(run) : "";
}

/** @throws UserError where the file of the network's ImageNet weights is not here */
export const imagenetDigest = ({model}: Run) => locateWeights(architecture(model)).digest;

/** Which part of the training images a run takes. */
type Part = Pick<Run, "fraction" | "seed">;

/**
 * Positions in the training list of the images that a run trains on: of each class the same share, or all without a
 * part.
 */
export const trainingPositions = ({train}: Pick<Division, "train">, labels: Int32Array, part?: Part): Positions =>
  part ? pick(train, subset(pick(labels, train), part.fraction, part.seed)) : train;

/** The parameter that tells a run's part of the images; runs on all of them have none. */
export const partParams = ({run: {fraction, seed}}: RunArgs): {part?: Part} =>
  fraction < 1 ? {part: {fraction, seed}} : {};

const asFloat32 = <Name extends string>(columns: Record<Name, number[]>) =>
  Object.fromEntries(
    Object.entries<number[]>(columns).map(([name, values]) => [name, Float32Array.from(values)])
  ) as Record<Name, Float32Array>;

/** What tells a display how far a training is. */
export function reporting(phases: readonly {epochs: number}[], {progress}: StageContext): TrainingOptions["events"] {
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

/** Losses, scores and rates of a run: `training` without the weights: small enough to publish. */
export const history = stage({
  name: "history",
  module: import.meta.url,
  revision: 2,
  publish: true,
  shape: shapes.history,
  id: ({run}: RunArgs) => run.id,
  inputs: (args) => ({training: training(args)}),
  run: ({training: {epochs, steps, finders, selected, parameters}}, _, {record}) => {
    const warning = divergenceOf(epochs, selected);
    if (warning) record({warning});
    return {epochs, steps, finders, selected, parameters};
  }
});
