import type {Estimate} from "../../lib/measures/interval.js";
import {clopperPearson, exactMean} from "../../lib/measures/interval.js";
import {stage} from "../../lib/pipeline/stage.js";
import type {Study} from "../../lib/study/schema.js";
import {inventory} from "../data/dataset.js";
import {type BaselineArgs, baselineEvaluation} from "../results/baselines.js";

/**
 * The balanced accuracy of a baseline, with an interval that follows from the exact ones of the classes' recalls where
 * all of these hold at once: resampling cannot tell what a class leaves open of which all of a few images are found.
 */
export const exactBalance = stage({
  name: "exact-balance",
  module: import.meta.url,
  id: ({baseline}: BaselineArgs) => baseline,
  inputs: (args) => ({scored: baselineEvaluation(args)}),
  run: ({scored: {overall, perClass}}): Estimate => {
    const {low, high} = exactMean(perClass.map(({recall: {k = 0, n = 0}}) => ({k, n})));
    return {value: overall.balancedAccuracy.value, low, high};
  }
});

/** The class with the fewest test images, and what a recall without a miss would say of it. */
export const rarestRecall = stage({
  name: "rarest-recall",
  module: import.meta.url,
  inputs: ({study}: {study: Study}) => ({images: inventory({study})}),
  run: ({images: {classes, splits}}) => {
    const counts = splits.test.byClass;
    const rarest = counts.indexOf(Math.min(...counts));
    return {class: classes[rarest], recall: clopperPearson(counts[rarest], counts[rarest])};
  }
});
