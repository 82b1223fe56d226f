import {bootstrap, type BootstrapOptions} from "../../lib/evaluation/bootstrap.js";
import {classification} from "../../lib/evaluation/classification.js";
import {type Confusion, confusionMatrix} from "../../lib/evaluation/confusion.js";
import type {Estimate, Predictions} from "../../lib/evaluation/evaluate.js";
import {argmax} from "../../lib/evaluation/predictions.js";
import {stage} from "../../lib/pipeline/stage.js";
import {predictions, validationPredictions} from "../runs/run.js";
import type {RunArgs} from "../runs/training.js";

const weightedF1 = (confusion: Confusion) => classification(confusion).weighted.f1;
const confusionOf = ({labels, classes, probabilities}: Predictions) =>
  confusionMatrix(labels, argmax(probabilities, classes.length), classes.length);

/** By how much the weighted F1 falls from some images to others: 95% interval of the bootstrap that resamples both. */
function between(from: Predictions, to: Predictions, options: BootstrapOptions): Estimate {
  const classes = from.classes.length;
  const {estimate, lower, upper} = bootstrap(
    (counts) => weightedF1(counts.slice(0, classes)) - weightedF1(counts.slice(classes)),
    [...confusionOf(from), ...confusionOf(to)],
    options
  );
  return {value: estimate, low: lower, high: upper};
}

/** By how much the weighted F1 of a run is lower on the test images than on the validation images. */
export const fall = stage({
  name: "fall",
  module: import.meta.url,
  id: ({run}: RunArgs) => run.id,
  inputs: (args) => ({validation: validationPredictions(args), test: predictions(args)}),
  params: ({study}) => study.analyses.bootstrap,
  run: ({validation, test}, options) => between(validation, test, options)
});
