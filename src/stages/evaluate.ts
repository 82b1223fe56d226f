import {bootstrapAll} from "../lib/evaluation/bootstrap.js";
import {expectedCalibrationError, logLoss} from "../lib/evaluation/calibration.js";
import {classification} from "../lib/evaluation/classification.js";
import {confusionMatrix} from "../lib/evaluation/confusion.js";
import {clopperPearson, wilson} from "../lib/evaluation/intervals.js";
import {argmax} from "../lib/evaluation/predictions.js";
import {ranking} from "../lib/evaluation/ranking.js";
import {stage} from "../lib/pipeline/stage.js";
import type {Study} from "../lib/study/schema.js";
import {predictions} from "./run.js";
import type {RunArgs} from "./training.js";

export interface Predictions {
  rows: Int32Array;
  labels: Int32Array;
  classes: readonly string[];
  probabilities: Float32Array;
}

/** Everything measured on predictions, with 95% intervals; cheap, so that it is always computed anew. */
export function evaluate({labels, classes, probabilities}: Predictions, options: Study["analyses"]["bootstrap"]) {
  const predicted = argmax(probabilities, classes.length);
  const confusion = confusionMatrix(labels, predicted, classes.length);
  const measures = classification(confusion);
  const [balancedAccuracy, macroF1, weightedF1, ...f1] = bootstrapAll(
    (counts) => {
      const {balancedAccuracy, macro, weighted, classes} = classification(counts);
      return [balancedAccuracy, macro.f1, weighted.f1, ...classes.map(({f1}) => f1)];
    },
    confusion,
    options
  ).map(({estimate, lower, upper}) => ({value: estimate, low: lower, high: upper}));
  const exact = (k: number, n: number) => ({
    value: n ? k / n : 0,
    ...ends(n ? clopperPearson(k, n) : {lower: 0, upper: 1}),
    k,
    n
  });
  const correct = confusion.reduce((sum, row, k) => sum + row[k], 0);
  const areas = ranking(probabilities, labels);
  return {
    confusion,
    accuracy: {value: measures.accuracy, ...ends(wilson(correct, labels.length)), k: correct, n: labels.length},
    balancedAccuracy,
    macroF1,
    weightedF1,
    kappa: measures.kappa,
    mcc: measures.mcc,
    logLoss: logLoss(probabilities, labels),
    expectedCalibrationError: expectedCalibrationError(probabilities, labels),
    perClass: measures.classes.map(({support, predicted}, k) => ({
      class: classes[k],
      support,
      recall: exact(confusion[k][k], support),
      precision: exact(confusion[k][k], predicted),
      f1: f1[k],
      rocAuc: areas[k].rocAuc
    }))
  };
}

const ends = ({lower, upper}: {lower: number; upper: number}) => ({low: lower, high: upper});

/** Metrics of a run on the test images. */
export const evaluation = stage({
  name: "evaluation",
  module: import.meta.url,
  id: ({run}: RunArgs) => run.id,
  inputs: (args) => ({predictions: predictions(args)}),
  params: ({study}) => study.analyses.bootstrap,
  run: ({predictions}, options) => evaluate(predictions, options)
});
