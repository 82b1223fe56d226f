import {evaluate} from "../lib/evaluation/evaluate.js";
import {knnPurity, trustworthiness} from "../lib/explain/map-quality.js";
import {tsne} from "../lib/explain/tsne.js";
import {stage} from "../lib/pipeline/stage.js";
import {components, predictions, type RunArgs, validationPredictions} from "./run.js";

/** Metrics of a run on the test images, and its temperature from the validation images. */
export const evaluation = stage({
  name: "evaluation",
  module: import.meta.url,
  id: ({run}: RunArgs) => run.id,
  inputs: (args) => ({predictions: predictions(args), validation: validationPredictions(args)}),
  params: ({study}) => study.analyses.bootstrap,
  run: ({predictions, validation}, options) => evaluate(predictions, options, validation)
});

/** t-SNE of the test images' features, and how far the picture can be trusted. */
export const embedding = stage({
  name: "embedding",
  module: import.meta.url,
  id: ({run}: RunArgs) => run.id,
  inputs: (args) => ({features: components(args)}),
  params: ({study}) => study.analyses.tsne,
  run: ({features: {rows, labels, scores}}, options, {progress}) => {
    const count = rows.length;
    const {coordinates, kl} = tsne(scores, {rows: count, ...options, onProgress: progress});
    return {
      rows,
      labels,
      coordinates,
      kl,
      trustworthiness: trustworthiness(scores, coordinates, {rows: count, k: 10}),
      purityMap: knnPurity(coordinates, labels, 10),
      purityFeatures: knnPurity(scores, labels, 10)
    };
  }
});
