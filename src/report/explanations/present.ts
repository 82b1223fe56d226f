import {rounded, shorten} from "../shared/rounding.js";
import type {ExplanationsArtifact, Judgement} from "./artifact.js";
import type {attentionEvaluation} from "./attention-evaluation.js";
import type {faithfulnessEvaluation} from "./explain.js";
import type {EstimateWith} from "../../lib/measures/interval.js";

type ValueOf<S extends (args: never) => {run: (...of: never[]) => unknown}> = Awaited<ReturnType<ReturnType<S>["run"]>>;
type Attention = ExplanationsArtifact["attention"][number];

/** Suspects that the page shows of a run; how many there are is told. */
const shown = 24;

/** Where a run's maps lie, and what is suspected of relying on something else than the lungs. */
export function presentAttention({table, suspects}: ValueOf<typeof attentionEvaluation>) {
  const judgement = ({map, uniform, centre, gain}: Record<keyof Judgement, EstimateWith<"n">>): Judgement => ({
    ...{map, gain, uniform: uniform.value, centre: centre.value}
  });
  const rows = table.map(({energy, hits, ...row}) => ({...row, energy: judgement(energy), hits: judgement(hits)}));
  const told: Pick<Attention, "table" | "suspects" | "suspected"> = {
    table: rows,
    suspects: suspects.slice(0, shown),
    suspected: suspects.length
  };
  return shorten(told, 4);
}

/** The curves of deletion and insertion take fewer digits than their areas. */
export const presentTests = (tests: ValueOf<typeof faithfulnessEvaluation>) =>
  tests.map(({orders, ...test}) => ({
    ...shorten(test, 4),
    orders: orders.map(({curve, ...order}) => ({...shorten(order, 4), curve: rounded(curve, 3)}))
  }));
