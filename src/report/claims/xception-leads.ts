import {holmWithin} from "../../lib/evaluation/holm.js";
import {resolve} from "../../lib/pipeline/index.js";
import {comparison} from "../results/compare.js";
import {predictions} from "../runs/run.js";
import {study} from "../../study.js";
import {inEveryBuild} from "../results/in-every-build.js";
import {leader, type Lead, rivals} from "./evidence.js";
import {round, shorten} from "../shared/rounding.js";
import {sourceOf} from "../shared/support.js";
import type {ResultsArtifact, RunResult} from "../results/artifact.js";
import type {Source} from "../shared/source.js";

const predicted = ({run: id}: RunResult) => predictions({study, run: study.runs.find((run) => run.id === id)!});

/** By how much Xception from ImageNet is ahead, in weighted F1, of the best run of every other network and start. */
export async function xceptionLeads(results: ResultsArtifact): Promise<(Lead & {source: Source})[]> {
  const a = leader({results}, "xception");
  if (!a) return [];
  const others = rivals({results}, "xception");
  const found = await Promise.all(others.map((b) => resolve(comparison({study, a: predicted(a), b: predicted(b)}))));
  const isOfFamily = others.map((b) => [a, b].every((run) => inEveryBuild(predicted(run))));
  const corrected = holmWithin(
    found.map(({value}) => value.weightedF1.p),
    isOfFamily
  );
  return found.map((result, i) => ({
    ...{a, b: others[i], source: sourceOf(result)},
    difference: shorten(result.value.weightedF1),
    corrected: round(corrected[i])
  }));
}
