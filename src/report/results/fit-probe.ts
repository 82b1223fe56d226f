import {scoresOf} from "../../lib/evaluation/scores.js";
import {linearProbe, type Samples} from "../../lib/training/linear-probe.js";

/** Samples that train, that choose the penalty, and whose probabilities are wanted. */
export interface ProbeSets {
  train: Samples;
  validation: Samples;
  test: Float32Array;
}

/**
 * Fits a linear probe with each penalty and keeps the one with the best weighted F1 on validation, the first of equals.
 */
export async function fitProbe(
  {train, validation, test}: ProbeSets,
  {columns, classes, penalties}: {columns: number; classes: number; penalties: readonly number[]}
) {
  const tried = [];
  for (const l2 of penalties) {
    const [onValidation, probabilities] = await linearProbe(train, [validation.features, test], {columns, classes, l2});
    tried.push({l2, ...scoresOf(onValidation, validation.labels, classes), probabilities});
  }
  const best = tried.reduce((a, b) => (b.weightedF1 > a.weightedF1 ? b : a));
  return {
    probabilities: best.probabilities,
    l2: best.l2,
    tried: tried.map(({l2, accuracy, macroF1, weightedF1}) => ({l2, accuracy, macroF1, weightedF1}))
  };
}
