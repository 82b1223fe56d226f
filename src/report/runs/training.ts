import {requireGpu} from "../../lib/engine/gpu.js";
import type {Pixels} from "../../lib/dataset/types.js";
import {needsImageNet} from "../../lib/models/initialisation.js";
import {architecture} from "../../lib/models/registry.js";
import {locateWeights} from "../../lib/models/weights/locate.js";
import {stage} from "../../lib/pipeline/stage.js";
import type {Node} from "../../lib/pipeline/types.js";
import type {Run, Study} from "../../lib/study/schema.js";
import {divergenceOf} from "../../lib/training/diverged.js";
import {settingsOf, sizesOf} from "../../lib/training/procedure.js";
import {inventory, pixels, split} from "../data/dataset.js";
import * as shapes from "./shapes.js";
import {type Part, trainNetwork} from "./train-network.js";

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
  run: async ({split, inventory, ...images}, params, context) => {
    const trained = await trainNetwork(
      params,
      {
        classes: inventory.classes.length,
        images: (size) => images[`images-${size}`],
        labels: inventory.splits.train.labels,
        division: split
      },
      context
    );
    return {...trained, steps: asFloat32(trained.steps)};
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
export const imagenetDigest = ({model}: Pick<Run, "model">) => locateWeights(architecture(model)).digest;

/** The parameter that tells a run's part of the images; runs on all of them have none. */
export const partParams = ({run: {fraction, seed}}: RunArgs): {part?: Part} =>
  fraction < 1 ? {part: {fraction, seed}} : {};

const asFloat32 = <Name extends string>(columns: Record<Name, number[]>) =>
  Object.fromEntries(
    Object.entries<number[]>(columns).map(([name, values]) => [name, Float32Array.from(values)])
  ) as Record<Name, Float32Array>;

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
