import {gather} from "../../lib/dataset/gather.js";
import type {Pixels} from "../../lib/dataset/types.js";
import {argmax} from "../../lib/measures/predictions.js";
import {mapsOf, quantise} from "../../lib/explain/maps.js";
import {pca} from "../../lib/explain/pca.js";
import {architecture} from "../../lib/models/registry.js";
import {stage} from "../../lib/pipeline/stage.js";
import type {StageContext} from "../../lib/pipeline/types.js";
import {pooledFeatures, predict} from "../../lib/training/inference.js";
import {tta} from "../../lib/training/tta.js";
import {inventory, pixels, split} from "../data/dataset.js";
import * as shapes from "./shapes.js";
import {counting, networkParams, type TrainedOn, withNetwork} from "./trained-network.js";
import {procedureOf, type RunArgs, training} from "./training.js";

export const testImages = ({study, run}: RunArgs) =>
  pixels({study, split: "test", size: procedureOf({study, run}).size});

/** A run's network and the test images. */
export const testList = (args: RunArgs) => ({
  training: training(args),
  images: testImages(args),
  inventory: inventory(args)
});

/** A run's network and the images of the training list, some of which it was trained on and some of which validate. */
export const trainingList = (args: RunArgs) => ({
  training: training(args),
  images: pixels({study: args.study, split: "train", size: procedureOf(args).size}),
  split: split(args),
  inventory: inventory(args)
});

/** How a run's network predicts: plainly, or with changed copies of every image, too. */
export const predictionParams = (args: RunArgs) => {
  const {testCopies, augmentation} = procedureOf(args);
  const changes = {...augmentation, cutout: undefined};
  const copies = testCopies > 0 ? {augmentation: changes, count: testCopies, seed: args.run.seed} : undefined;
  return {...networkParams(args), copies};
};

/**
 * The revision of what `probabilitiesOf` means, for the stages that predict. 2: changed copies follow from an image's
 * pixels; they followed from its place among the images that are present.
 */
export const predictionRevision = 2;

/** Class probabilities of images by a trained network. */
export const probabilitiesOf = (
  inputs: TrainedOn & {images: Pixels},
  {copies, ...params}: ReturnType<typeof predictionParams>,
  context: StageContext
): Promise<Float32Array> =>
  withNetwork(params, inputs, context, (network) => {
    const predicted = (pixels: Pixels) => predict(network, pixels, counting(context));
    return copies ? tta(predicted, inputs.images, copies) : predicted(inputs.images);
  });

/** Class probabilities of the test images, row-major [n, classes]. */
export const predictions = stage({
  name: "predictions",
  module: import.meta.url,
  revision: predictionRevision,
  effort: "minutes",
  publish: true,
  shape: shapes.predictions,
  id: ({run}: RunArgs) => run.id,
  inputs: testList,
  params: predictionParams,
  run: async (inputs, params, context) => {
    const {rows, labels} = inputs.images;
    const probabilities = await probabilitiesOf(inputs, params, context);
    return {rows, labels, classes: inputs.inventory.classes, probabilities};
  }
});

/** Class probabilities of the validation images: what temperatures and the weights of ensembles are fitted to. */
export const validationPredictions = stage({
  name: "validation-predictions",
  module: import.meta.url,
  revision: predictionRevision,
  effort: "minutes",
  publish: true,
  shape: shapes.predictions,
  id: ({run}: RunArgs) => run.id,
  inputs: trainingList,
  params: predictionParams,
  run: async ({images, split, ...inputs}, params, context) => {
    const held = gather(images, split.validation);
    const probabilities = await probabilitiesOf({...inputs, images: held}, params, context);
    return {rows: held.rows, labels: held.labels, classes: inputs.inventory.classes, probabilities};
  }
});

/**
 * Principal components of the test images' pooled features, row-major [n, components], and how much variance each
 * holds.
 */
export const components = stage({
  name: "components",
  module: import.meta.url,
  revision: 1,
  effort: "minutes",
  publish: true,
  shape: shapes.components,
  id: ({run}: RunArgs) => run.id,
  inputs: testList,
  params: (args) => ({...networkParams(args), ...args.study.analyses.pca}),
  run: async (inputs, {components, ...params}, context) => {
    const {images} = inputs;
    const features = await withNetwork(params, inputs, context, (network) =>
      pooledFeatures(network, images, counting(context))
    );
    const rows = images.rows.length;
    const columns = features.length / rows;
    const wanted = components === "all" ? columns : components;
    const {scores, explained} = pca(features, {rows, columns, components: wanted});
    return {rows: images.rows, labels: images.labels, components: explained.length, scores, explained};
  }
});

/** Grad-CAM of the predicted class for every test image, one byte per cell, 255 the map's own peak. */
export const maps = stage({
  name: "maps",
  module: import.meta.url,
  revision: 1,
  effort: "minutes",
  publish: true,
  shape: shapes.maps,
  id: ({run}: RunArgs) => run.id,
  inputs: (args) => ({...testList(args), predictions: predictions(args)}),
  params: networkParams,
  run: async ({predictions, ...inputs}, params, context) => {
    const {images} = inputs;
    const predicted = argmax(predictions.probabilities, predictions.classes.length);
    const {size, values} = await withNetwork(params, inputs, context, (network) =>
      mapsOf(network, images, predicted, {onBatch: counting(context)})
    );
    return {rows: images.rows, layer: architecture(params.model).featureLayer, size, ...quantise(values, size * size)};
  }
});
