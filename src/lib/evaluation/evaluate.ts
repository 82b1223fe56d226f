import type {BootstrapOptions} from "../measures/bootstrap.js";
import {brier, expectedCalibrationError, logLoss, reliability} from "../measures/calibration.js";
import {classification} from "../measures/classification.js";
import {confusionMatrix} from "../measures/confusion.js";
import {clopperPearson, wilson} from "../measures/interval.js";
import {argmax} from "../measures/predictions.js";
import {rankingCurves} from "../measures/ranking.js";
import type {Predictions} from "./predicted.js";
import {resampled} from "./resampled.js";
import {scoresOf} from "./scores.js";
import {atTemperature, fitTemperature} from "../measures/temperature.js";

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
    overall: {accuracy: wilson(correct, labels.length), ...overall},
    perClass: measures.map(({support, predicted}, k) => ({
      class: classes[k],
      support,
      recall: clopperPearson(confusion[k][k], support),
      precision: clopperPearson(confusion[k][k], predicted),
      ...ofClass[k]
    })),
    curves: rankingCurves(probabilities, labels),
    reliability: reliability(probabilities, labels),
    calibrated: validation ? calibrated(test, validation) : null,
    validation: validation ? scored(validation) : null
  };
}

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
