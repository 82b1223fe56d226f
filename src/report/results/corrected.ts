import type {Predictions} from "../../lib/evaluation/predicted.js";
import {holmWithin} from "../../lib/evaluation/holm.js";
import {stage} from "../../lib/pipeline/stage.js";
import type {Node} from "../../lib/pipeline/types.js";
import type {Study} from "../../lib/study/schema.js";
import {comparison} from "./compare.js";
import {inEveryBuild} from "./in-every-build.js";

/** One classifier beside others, in the table that is called so. */
interface Args {
  study: Study;
  table: string;
  a: Node<Predictions>;
  others: readonly Node<Predictions>[];
}

type Comparisons = Readonly<Record<`of ${string}`, ReturnType<typeof comparison>>>;

/**
 * P-values of one classifier's comparisons with others, in their order, corrected for one another by Holm's method. The
 * family are the comparisons of results that every build has: what a machine has besides must not decide about these.
 */
export const correctedComparisons = stage({
  name: "corrected-comparisons",
  module: import.meta.url,
  id: ({table}: Args) => table,
  inputs: ({study, a, others}): Comparisons =>
    Object.fromEntries(others.map((b) => [`of ${b.id}`, comparison({study, a, b})])),
  params: ({a, others}) => ({
    others: others.map(({id}) => id),
    inFamily: others.map((b) => [a, b].every(inEveryBuild))
  }),
  run: (inputs, {others, inFamily}) => {
    const found = others.map((id) => inputs[`of ${id}`]);
    const correct = (name: "macroF1" | "weightedF1" | "mcnemar") =>
      holmWithin(
        found.map((one) => one[name].p),
        inFamily
      );
    return {macroF1: correct("macroF1"), weightedF1: correct("weightedF1"), mcnemar: correct("mcnemar")};
  }
});
