import {evaluate} from "../../lib/evaluation/evaluate.js";
import {stage} from "../../lib/pipeline/stage.js";
import {predictions, validationPredictions} from "../runs/run.js";
import type {RunArgs} from "../runs/training.js";

/** Metrics of a run on the test images, and its temperature from the validation images. */
export const evaluation = stage({
  name: "evaluation",
  module: import.meta.url,
  id: ({run}: RunArgs) => run.id,
  inputs: (args) => ({predictions: predictions(args), validation: validationPredictions(args)}),
  params: ({study}) => study.analyses.bootstrap,
  run: ({predictions, validation}, options) => evaluate(predictions, options, validation)
});
