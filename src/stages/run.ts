import {gather} from "../lib/dataset/batches.js";
import type {Pixels} from "../lib/dataset/types.js";
import {argmax} from "../lib/evaluation/predictions.js";
import {mapsOf, quantise} from "../lib/explain/maps.js";
import {pca} from "../lib/explain/pca.js";
import {architecture} from "../lib/models/registry.js";
import {stage} from "../lib/pipeline/stage.js";
import type {StageContext} from "../lib/pipeline/types.js";
import {pooledFeatures, predict} from "../lib/training/inference.js";
import {tta} from "../lib/training/tta.js";
import type {SavedWeights} from "../lib/training/state.js";
import {inventory, pixels, split} from "./dataset.js";
import {counting, networkParams, withNetwork} from "./trained-network.js";
import {procedureOf, type RunArgs, training} from "./training.js";

export const testImages = ({study, run}: RunArgs) =>
  pixels({study, split: "test", size: procedureOf({study, run}).size});

/** How a run's network predicts: plainly, or with changed copies of every image, too. */
export const predictionParams = (args: RunArgs) => {
  const {testCopies, augmentation} = procedureOf(args);
  const changes = {...augmentation, cutout: undefined};
  const copies = testCopies > 0 ? {augmentation: changes, count: testCopies, seed: args.run.seed} : undefined;
  return {...networkParams(args), copies};
};

/** Class probabilities of images by a trained network. */
export async function probabilitiesOf(
  images: Pixels,
  {copies, ...params}: ReturnType<typeof predictionParams>,
  {classes, weights, context}: {classes: number; weights: SavedWeights; context: StageContext}
): Promise<Float32Array> {
  return withNetwork(params, {size: images.size, classes, weights, context}, (network) => {
    const predicted = (pixels: Pixels) => predict(network, pixels, counting(context));
    return copies ? tta(predicted, images, copies) : predicted(images);
  });
}

/** Class probabilities of the test images, row-major [n, classes]. */
export const predictions = stage({
  name: "predictions",
  module: import.meta.url,
  revision: 1,
  publish: true,
  id: ({run}: RunArgs) => run.id,
  inputs: (args) => ({training: training(args), images: testImages(args), inventory: inventory(args)}),
  params: predictionParams,
  run: async ({training: {weights}, images, inventory: {classes}}, params, context) => {
    const probabilities = await probabilitiesOf(images, params, {classes: classes.length, weights, context});
    return {rows: images.rows, labels: images.labels, classes, probabilities};
  }
});

/** Class probabilities of the validation images: what temperatures and the weights of ensembles are fitted to. */
export const validationPredictions = stage({
  name: "validation-predictions",
  module: import.meta.url,
  revision: 1,
  publish: true,
  id: ({run}: RunArgs) => run.id,
  inputs: (args) => ({
    training: training(args),
    images: pixels({study: args.study, split: "train", size: procedureOf(args).size}),
    split: split(args),
    inventory: inventory(args)
  }),
  params: predictionParams,
  run: async ({training: {weights}, images, split, inventory: {classes}}, params, context) => {
    const held = gather(images, split.validation);
    const probabilities = await probabilitiesOf(held, params, {classes: classes.length, weights, context});
    return {rows: held.rows, labels: held.labels, classes, probabilities};
  }
});

/** Principal components of the test images' pooled features, row-major [n, components], and how much variance each holds. */
export const components = stage({
  name: "components",
  module: import.meta.url,
  revision: 1,
  publish: true,
  id: ({run}: RunArgs) => run.id,
  inputs: (args) => ({training: training(args), images: testImages(args), inventory: inventory(args)}),
  params: (args) => ({...networkParams(args), ...args.study.analyses.pca}),
  run: async ({training: {weights}, images, inventory}, {components, ...params}, context) => {
    const trained = {size: images.size, classes: inventory.classes.length, weights, context};
    const features = await withNetwork(params, trained, (network) =>
      pooledFeatures(network, images, counting(context))
    );
    const rows = images.rows.length;
    const columns = features.length / rows;
    const count = components === "all" ? Math.min(rows - 1, columns) : components;
    const {scores, explained} = pca(features, {rows, columns, components: count});
    return {rows: images.rows, labels: images.labels, components: count, scores, explained};
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
    images: testImages(args),
    inventory: inventory(args),
    predictions: predictions(args)
  }),
  params: networkParams,
  run: async ({training: {weights}, images, inventory, predictions}, params, context) => {
    const classes = inventory.classes.length;
    const predicted = argmax(predictions.probabilities, classes);
    const {size, values} = await withNetwork(params, {size: images.size, classes, weights, context}, (network) =>
      mapsOf(network, images, predicted, {onBatch: counting(context)})
    );
    return {rows: images.rows, layer: architecture(params.model).featureLayer, size, ...quantise(values, size * size)};
  }
});
