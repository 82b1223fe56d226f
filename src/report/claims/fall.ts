import {bootstrap, type BootstrapOptions} from "../../lib/measures/bootstrap.js";
import {classification} from "../../lib/measures/classification.js";
import {type Confusion, confusionMatrix} from "../../lib/measures/confusion.js";
import type {Predictions} from "../../lib/evaluation/evaluate.js";
import type {Estimate} from "../../lib/measures/interval.js";
import {argmax} from "../../lib/measures/predictions.js";

const weightedF1 = (confusion: Confusion) => classification(confusion).weighted.f1;
const confusionOf = ({labels, classes, probabilities}: Predictions) =>
  confusionMatrix(labels, argmax(probabilities, classes.length), classes.length);

/** By how much the weighted F1 falls from some images to others: 95% interval of the bootstrap that resamples both. */
export function fall(from: Predictions, to: Predictions, options: BootstrapOptions): Estimate {
  const classes = from.classes.length;
  return bootstrap(
    (counts) => weightedF1(counts.slice(0, classes)) - weightedF1(counts.slice(classes)),
    [...confusionOf(from), ...confusionOf(to)],
    options
  );
}
