import {classification} from "../lib/evaluation/classification.js";
import {confusionMatrix} from "../lib/evaluation/confusion.js";
import {argmax} from "../lib/evaluation/predictions.js";
import type {Scores} from "../lib/training/state.js";

/** Scores probabilities, row-major [n, classes], while something is trained or chosen. */
export const scores =
  (classes: number) =>
  (probabilities: ArrayLike<number>, labels: Int32Array): Scores => {
    const measures = classification(confusionMatrix(labels, argmax(probabilities, classes), classes));
    return {
      accuracy: measures.accuracy,
      macroF1: measures.macro.f1,
      weightedF1: measures.weighted.f1,
      perClass: measures.classes.map(({precision, recall, f1}) => ({precision, recall, f1}))
    };
  };
