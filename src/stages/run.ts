import {gather} from "../lib/dataset/batches.js";
import type {Split} from "../lib/dataset/types.js";
import {argmax} from "../lib/evaluation/predictions.js";
import {mapsOf, quantise} from "../lib/explain/maps.js";
import {pca} from "../lib/explain/pca.js";
import {needsImageNet} from "../lib/models/initialisation.js";
import {randomly} from "../lib/models/initialise.js";
import {createNetwork, Network} from "../lib/models/network.js";
import {architecture} from "../lib/models/registry.js";
import {locateWeights} from "../lib/models/weights/locate.js";
import {stage} from "../lib/pipeline/stage.js";
import type {StageContext} from "../lib/pipeline/types.js";
import type {Run, Study} from "../lib/study/schema.js";
import {Checkpoints} from "../lib/training/checkpoint.js";
import {pooledFeatures, predict} from "../lib/training/inference.js";
import type {SavedWeights, TrainingState} from "../lib/training/learner.js";
import {train} from "../lib/training/learner.js";
import {settingsOf} from "../lib/training/procedure.js";
import {inventory, pixels, split} from "./dataset.js";
import {scores} from "./scores.js";
import {startBackend} from "./start-backend.js";

export interface RunArgs {
  study: Study;
  run: Run;
}

const procedureOf = ({study, run}: RunArgs) => study.procedures[run.procedure];
export const images = ({study, run}: RunArgs, split: Split) =>
  pixels({study, split, size: procedureOf({study, run}).size});

/** Trains a run's network: its weights at the best epoch of the last phase, and what happened on the way. Hours for a large network. */
export const training = stage({
  name: "training",
  module: import.meta.url,
  revision: 3,
  id: ({run}: RunArgs) => run.id,
  inputs: (args) => ({images: images(args, "train"), split: split(args), inventory: inventory(args)}),
  params: ({study, run}) => ({...run, id: undefined, procedure: settingsOf(study.procedures[run.procedure])}),
  external: ({run}) =>
    needsImageNet(run.initialisation) ? () => locateWeights(architecture(run.model)).digest : undefined,
  run: async ({images, split, inventory}, {model, initialisation, seed, procedure}, context) => {
    await startBackend(context);
    const classes = inventory.classes.length;
    const options = {classes, dropout: procedure.dropout, size: procedure.size, initialisation, seed};
    const network = await createNetwork(architecture(model), options);
    const checkpoints = new Checkpoints<TrainingState>(context.workspace, context.log);
    const resume = checkpoints.latest();
    if (resume) context.log(`continues after epoch ${resume.epochs.length}`);
    const state = await train({
      network,
      procedure,
      train: gather(images, split.train),
      validation: gather(images, split.validation),
      classes,
      seed,
      score: scores(classes),
      resume,
      signal: context.signal,
      log: context.log,
      events: {
        ...reporting(procedure.phases, context),
        onEpoch: (state) => checkpoints.save(state.epochs.length, state)
      }
    });
    const {epochs, rates, best} = state;
    const parameters = trainableValues(network);
    network.dispose();
    return {weights: best!.weights, epochs, rates: Float32Array.from(rates), selected: best!.epoch, parameters};
  }
});

function reporting(
  phases: readonly {epochs: number}[],
  {progress}: StageContext
): Parameters<typeof train>[0]["events"] {
  const epochs = phases.reduce((sum, phase) => sum + phase.epochs, 0);
  return {
    onStep: ({epoch, phase, done, total, loss}) =>
      progress({
        done: epoch * total + done,
        total: epochs * total,
        unit: "images",
        note: `epoch ${epoch + 1}/${epochs} (${phase.train}), loss ${loss.toFixed(3)}`
      })
  };
}

const trainableValues = (network: Network) =>
  [...network.variables.values()].reduce((sum, {trainable, size}) => sum + (trainable ? size : 0), 0);

/** Losses, scores and rates of a run: `training` without the weights, small enough to publish. */
export const history = stage({
  name: "history",
  module: import.meta.url,
  revision: 1,
  publish: true,
  id: ({run}: RunArgs) => run.id,
  inputs: (args) => ({training: training(args)}),
  run: ({training: {epochs, rates, selected, parameters}}) => ({epochs, rates, selected, parameters})
});

/** Class probabilities of the test images, row-major [n, classes]. */
export const predictions = stage({
  name: "predictions",
  module: import.meta.url,
  revision: 1,
  publish: true,
  id: ({run}: RunArgs) => run.id,
  inputs: (args) => ({training: training(args), images: images(args, "test"), inventory: inventory(args)}),
  params: ({run}) => ({model: run.model}),
  run: async ({training, images, inventory}, {model}, context) => {
    await startBackend(context);
    const network = restored(model, images.size, inventory.classes.length, training.weights);
    const probabilities = await predict(network, images, counting(context));
    network.dispose();
    return {rows: images.rows, labels: images.labels, classes: inventory.classes, probabilities};
  }
});

/** Principal components of the test images' pooled features, row-major [n, components], and how much variance each holds. */
export const components = stage({
  name: "components",
  module: import.meta.url,
  revision: 1,
  publish: true,
  id: ({run}: RunArgs) => run.id,
  inputs: (args) => ({training: training(args), images: images(args, "test"), inventory: inventory(args)}),
  params: ({study, run}) => ({model: run.model, ...study.analyses.pca}),
  run: async ({training, images, inventory}, {model, components}, context) => {
    await startBackend(context);
    const network = restored(model, images.size, inventory.classes.length, training.weights);
    const features = await pooledFeatures(network, images, counting(context));
    network.dispose();
    const rows = images.rows.length;
    const {scores, explained} = pca(features, {rows, columns: features.length / rows, components});
    return {rows: images.rows, labels: images.labels, components, scores, explained};
  }
});

/** Grad-CAM of the predicted class for every test image, one byte per cell, 255 the map's own peak. */
export const maps = stage({
  name: "maps",
  module: import.meta.url,
  revision: 1,
  publish: true,
  id: ({run}: RunArgs) => run.id,
  inputs: (args) => ({
    training: training(args),
    images: images(args, "test"),
    inventory: inventory(args),
    predictions: predictions(args)
  }),
  params: ({run}) => ({model: run.model}),
  run: async ({training, images, inventory, predictions}, {model}, context) => {
    await startBackend(context);
    const classes = inventory.classes.length;
    const network = restored(model, images.size, classes, training.weights);
    const predicted = argmax(predictions.probabilities, classes);
    const {size, values} = await mapsOf(network, images, predicted, {onBatch: counting(context)});
    network.dispose();
    return {rows: images.rows, layer: architecture(model).featureLayer, size, ...quantise(values, size * size)};
  }
});

export function restored(model: string, size: number, classes: number, weights: SavedWeights): Network {
  // The initial values are all replaced; dropout is of no effect in inference.
  const network = new Network(architecture(model), {classes, size, dropout: 0}, randomly(0));
  network.load(new Map(Object.entries(weights)), "the run's training");
  return network;
}

export const counting =
  ({progress}: StageContext) =>
  (done: number, total: number) =>
    progress({done, total, unit: "images"});
