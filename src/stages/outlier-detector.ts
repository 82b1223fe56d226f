import {gather} from "../lib/dataset/batches.js";
import {fitClassNormals, mahalanobis} from "../lib/explain/mahalanobis.js";
import {stage} from "../lib/pipeline/stage.js";
import {pooledFeatures} from "../lib/training/inference.js";
import {trainingList} from "./run.js";
import * as shapes from "./shapes.js";
import {counting, networkParams, withNetwork} from "./trained-network.js";
import {partParams, type RunArgs, trainingPositions} from "./training.js";

/**
 * What a run's training images look like to its network, so that it can be said how far from them an image is: normal
 * distributions of their pooled features, and the Mahalanobis distances of the validation images, in ascending order. Minutes.
 */
export const outlierDetector = stage({
  name: "outlier-detector",
  module: import.meta.url,
  revision: 1,
  effort: "hours",
  publish: true,
  shape: shapes.outlierDetector,
  id: ({run}: RunArgs) => run.id,
  inputs: trainingList,
  params: (args) => ({...networkParams(args), ...partParams(args), components: 50}),
  run: async (inputs, {components, part, ...params}, context) => {
    const {images, split} = inputs;
    const classes = inputs.inventory.classes.length;
    const taken = trainingPositions(split, inputs.inventory.splits.train.labels, part);
    const [known, held] = [gather(images, taken), gather(images, split.validation)];
    const [features, heldFeatures] = await withNetwork(params, inputs, context, async (network) => [
      await pooledFeatures(network, known, counting(context)),
      await pooledFeatures(network, held)
    ]);
    const most = Math.floor(known.rows.length / 2);
    const normals = fitClassNormals(features, known.labels, {classes, components: Math.min(components, most)});
    return {images: known.rows.length, normals, validation: mahalanobis(heldFeatures, normals).sort()};
  }
});
