import {atlas} from "../../lib/explain/atlas.js";
import {stage} from "../../lib/pipeline/stage.js";
import {components} from "../runs/run.js";
import * as shapes from "../runs/shapes.js";
import type {RunArgs} from "../runs/training.js";

/**
 * t-SNE maps of the test images' features at every perplexity from several starts, aligned, and how far they can be
 * trusted. A second for each map.
 */
export const embedding = stage({
  name: "embedding",
  module: import.meta.url,
  revision: 1,
  publish: true,
  shape: shapes.embedding,
  id: ({run}: RunArgs) => run.id,
  inputs: (args) => ({features: components(args)}),
  params: ({study}) => study.analyses.tsne,
  run: ({features: {rows, labels, scores}}, options, {progress}) => ({
    rows,
    labels,
    ...atlas(scores, labels, {...options, onProgress: progress})
  })
});
