import {resolve} from "../../lib/pipeline/index.js";
import {study} from "../../study.js";
import {comparison} from "../results/compare.js";
import {correctedComparisons} from "../results/corrected.js";
import {predictions} from "../runs/run.js";
import {sourceOf} from "../shared/support.js";
import type {RunResult} from "../results/artifact.js";
import type {Source} from "../shared/source.js";
import {leader, type Evidence, type Lead, rivals} from "./evidence.js";

const predicted = ({run: id}: RunResult) => predictions({study, run: study.runs.find((run) => run.id === id)!});

/** By how much Xception from ImageNet is ahead, in weighted F1, of the best run of every other network and start. */
export async function xceptionLeads(evidence: Pick<Evidence, "results">): Promise<(Lead & {source: Source})[]> {
  const [a, others] = [leader(evidence, "xception"), rivals(evidence, "xception")];
  if (!a || !others.length) return [];
  const table = {study, table: "xception", a: predicted(a), others: others.map(predicted)};
  const {weightedF1} = (await resolve(correctedComparisons(table))).value;
  const found = await Promise.all(table.others.map((b) => resolve(comparison({study, a: table.a, b}))));
  return found.map((result, i) => ({
    ...{a, b: others[i], source: sourceOf(result)},
    ...{difference: result.value.weightedF1, corrected: weightedF1[i]}
  }));
}
