import {bootstrap, type BootstrapOptions} from "../../lib/measures/bootstrap.js";
import {classification} from "../../lib/measures/classification.js";
import {type Confusion, confusionMatrix} from "../../lib/measures/confusion.js";
import type {Predictions} from "../../lib/evaluation/predicted.js";
import type {Estimate} from "../../lib/measures/interval.js";
import {argmax} from "../../lib/measures/predictions.js";
import {stage} from "../../lib/pipeline/stage.js";
import {predictions, validationPredictions} from "../runs/run.js";
import type {RunArgs} from "../runs/training.js";

const weightedF1 = (confusion: Confusion) => classification(confusion).weighted.f1;
const confusionOf = ({labels, classes, probabilities}: Predictions) =>
  confusionMatrix(labels, argmax(probabilities, classes.length), classes.length);

/** By how much the weighted F1 falls from some images to others: 95% interval of the bootstrap that resamples both. */
function between(from: Predictions, to: Predictions, options: BootstrapOptions): Estimate {
  const classes = from.classes.length;
  return bootstrap(
    (counts) => weightedF1(counts.slice(0, classes)) - weightedF1(counts.slice(classes)),
    [...confusionOf(from), ...confusionOf(to)],
    options
  );
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
