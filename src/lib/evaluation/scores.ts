import type {Scores} from "../training/state.js";
import {classification} from "../measures/classification.js";
import {confusionMatrix} from "../measures/confusion.js";
import {argmax} from "../measures/predictions.js";

/** What chooses between epochs, penalties, weights of ensembles and runs. Of probabilities, row-major [n, classes]. */
export function scoresOf(probabilities: ArrayLike<number>, labels: Int32Array, classes: number): Scores {
  const measures = classification(confusionMatrix(labels, argmax(probabilities, classes), classes));
  return {
    accuracy: measures.accuracy,
    macroF1: measures.macro.f1,
    weightedF1: measures.weighted.f1,
    perClass: measures.classes.map(({precision, recall, f1}) => ({precision, recall, f1}))
  };
}
