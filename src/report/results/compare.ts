import {compare} from "../../lib/evaluation/compare.js";
import type {Predictions} from "../../lib/evaluation/predicted.js";
import type {Node} from "../../lib/pipeline/types.js";
import {stage} from "../../lib/pipeline/stage.js";
import type {Study} from "../../lib/study/schema.js";

export interface ComparisonArgs {
  study: Study;
  a: Node<Predictions>;
  b: Node<Predictions>;
}

/** By how much one classifier of the test images is ahead of another, and how sure that is. */
export const comparison = stage({
  name: "comparison",
  module: import.meta.url,
  id: ({a, b}: ComparisonArgs) => `${a.id}/${b.id}`,
  inputs: ({a, b}) => ({a, b}),
  params: ({study}) => study.analyses.bootstrap,
  run: ({a, b}, options) => compare(a, b, options)
});
