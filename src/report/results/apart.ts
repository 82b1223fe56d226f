import type {Predictions} from "../../lib/evaluation/predicted.js";
import {argmax} from "../../lib/measures/predictions.js";
import {stage} from "../../lib/pipeline/stage.js";
import type {ComparisonArgs} from "./compare.js";

/** The rows of the images that a classifier gets right. */
function rightRows({rows, labels, classes, probabilities}: Predictions): Set<number> {
  const chosen = argmax(probabilities, classes.length);
  return new Set(rows.filter((_, i) => chosen[i] === labels[i]));
}

/** The rows of the images that only one of two classifiers gets right. */
export const apart = stage({
  name: "apart",
  module: import.meta.url,
  id: ({a, b}: ComparisonArgs) => `${a.id}/${b.id}`,
  inputs: ({a, b}) => ({a, b}),
  run: (inputs) => {
    const [a, b] = [inputs.a, inputs.b].map(rightRows);
    return {onlyA: [...a].filter((row) => !b.has(row)), onlyB: [...b].filter((row) => !a.has(row))};
  }
});
