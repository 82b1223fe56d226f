import {compareClasses} from "../../lib/evaluation/compare-classes.js";
import {stage} from "../../lib/pipeline/stage.js";
import type {ComparisonArgs} from "../results/compare.js";

/** By how much one classifier of the test images is ahead of another in each class, and in all but the rarest. */
export const classComparison = stage({
  name: "class-comparison",
  module: import.meta.url,
  id: ({a, b}: ComparisonArgs) => `${a.id}/${b.id}`,
  inputs: ({a, b}) => ({a, b}),
  params: ({study}) => study.analyses.bootstrap,
  run: ({a, b}, options) => compareClasses(a, b, options)
});
