import {classification} from "./classification.js";
import {argmax} from "./predictions.js";
import {weightedRocAuc} from "./weighted.js";

/** The scores that every comparison of an experiment is shown in, in this order. */
export const taskScoreNames = ["macroF1", "balancedAccuracy", "macroAuc", "accuracy"] as const;

export type TaskScoreName = (typeof taskScoreNames)[number];

/**
 * Prepares the scores of probabilities, row-major [n, classes], for resampling. The function that is returned takes one
 * weight per image and gives the scores in the order of their names. The area is the mean over the classes of the one
 * under the receiver operating characteristic of a class against the rest; it does not move with any threshold.
 */
export function taskScores(probabilities: ArrayLike<number>, labels: ArrayLike<number>, classes: number) {
  const predicted = argmax(probabilities, classes);
  const areas = Array.from({length: classes}, (_, k) =>
    weightedRocAuc(
      Array.from(labels, (_, i) => probabilities[i * classes + k]),
      Array.from(labels, (label) => Number(label === k))
    )
  );
  return (weights: ArrayLike<number>): number[] => {
    const confusion = Array.from({length: classes}, () => new Array<number>(classes).fill(0));
    for (let i = 0; i < labels.length; ++i) confusion[labels[i]][predicted[i]] += weights[i];
    const {macro, balancedAccuracy, accuracy} = classification(confusion);
    const macroAuc = areas.reduce((sum, area) => sum + area(weights), 0) / classes;
    return [macro.f1, balancedAccuracy, macroAuc, accuracy];
  };
}
