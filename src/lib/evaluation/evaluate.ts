import type {BootstrapOptions} from "./bootstrap.js";
import {brier, expectedCalibrationError, logLoss, reliability} from "./calibration.js";
import {classification} from "./classification.js";
import {confusionMatrix} from "./confusion.js";
import {clopperPearson, wilson} from "./intervals.js";
import type {Interval} from "./intervals.js";
import {argmax} from "./predictions.js";
import type {Estimate, Predictions} from "./predicted.js";
import {rankingCurves} from "./ranking.js";
import {resampled} from "./resampled.js";
import {scoresOf} from "./scores.js";
import {atTemperature, fitTemperature} from "./temperature.js";

export type {Estimate, Predictions} from "./predicted.js";

/**
 * Everything measured on predictions, each with a 95% interval: Wilson's for accuracy, Clopper and Pearson's for recall
 * and precision, the bootstrap stratified by class for the rest (see `resampled`). With validation predictions also the
 * temperature that is fitted to them and what it makes of the probabilities.
 */
export function evaluate(test: Predictions, options: BootstrapOptions, validation?: Predictions) {
  const {labels, classes, probabilities} = test;
  const confusion = confusionMatrix(labels, argmax(probabilities, classes.length), classes.length);
  const correct = confusion.reduce((sum, row, k) => sum + row[k], 0);
  const {classes: measures} = classification(confusion);
  const {overall, ofClass} = resampled(test, options);
  return {
    confusion,
    overall: {accuracy: share(correct, labels.length, wilson), ...overall},
    perClass: measures.map(({support, predicted}, k) => ({
      class: classes[k],
      support,
      recall: share(confusion[k][k], support, clopperPearson),
      precision: share(confusion[k][k], predicted, clopperPearson),
      ...ofClass[k]
    })),
    curves: rankingCurves(probabilities, labels),
    reliability: reliability(probabilities, labels),
    calibrated: validation ? calibrated(test, validation) : null,
    validation: validation ? scored(validation) : null
  };
}

/** Nothing is known of a share of nothing. */
export const share = (k: number, n: number, interval: (k: number, n: number) => Interval): Estimate => {
  const {lower, upper} = n ? interval(k, n) : {lower: 0, upper: 1};
  return {value: n ? k / n : 0, low: lower, high: upper, k, n};
};

function calibrated({labels, classes, probabilities}: Predictions, validation: Predictions) {
  const temperature = fitTemperature(validation.probabilities, validation.labels);
  const scaled = atTemperature(probabilities, classes.length, temperature);
  return {
    temperature,
    logLoss: logLoss(scaled, labels),
    brier: brier(scaled, labels),
    expectedCalibrationError: expectedCalibrationError(scaled, labels),
    reliability: reliability(scaled, labels)
  };
}

function scored({probabilities, labels, classes}: Predictions) {
  const {accuracy, macroF1, weightedF1} = scoresOf(probabilities, labels, classes.length);
  return {accuracy, macroF1, weightedF1};
}
