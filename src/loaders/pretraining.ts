import type {EstimateWith} from "../lib/measures/interval.js";
import {greatest} from "d3";
import {firstReaching} from "../lib/evaluation/reach.js";
import {architecture} from "../lib/models/registry.js";
import type {Run} from "../lib/study/schema.js";
import {twins, type Twins} from "../lib/study/twins.js";
import type {EpochRecord} from "../lib/training/state.js";
import {comparison} from "../report/results/compare.js";
import {evaluation} from "../report/results/evaluate.js";
import {predictions} from "../report/runs/run.js";
import {history} from "../report/runs/training.js";
import {study} from "../study.js";
import {classGains} from "../report/pretraining/class-gains.js";
import {bySeed, type Describe, overSeeds} from "../report/pretraining/over-seeds.js";
import {round, rounded, shorten} from "../report/shared/rounding.js";
import {attempt, budgetOf, eachRun, sourceOf, startOf, titleOf} from "../report/shared/support.js";
import type {PretrainingArtifact, StartPair} from "../report/pretraining/artifact.js";
import type {Source} from "../report/shared/source.js";

/** Of the macro F1 on validation. */
const levels = [0.5, 0.6, 0.65, 0.7, 0.75, 0.8, 0.85, 0.9];

/** How fast each start learns, and how much better than random weights the others end, seed by seed. */
export default async function (): Promise<PretrainingArtifact> {
  const evaluated = await eachRun(
    (run) => evaluation({study, run}),
    ({value}, run) => ({run, macroF1: value.overall.macroF1})
  );
  const describe = describer(evaluated.map(({run}) => run));
  const runs: PretrainingArtifact["runs"] = [];
  for (const {run, macroF1} of evaluated) {
    const found = await attempt(history({study, run}));
    if ("missing" in found) continue;
    const {epochs, steps, selected} = found.value;
    const validation = epochs.map((epoch) => epoch.macroF1);
    runs.push({
      ...{run: run.id, title: titleOf(run), ...describe(run), seed: run.seed, macroF1, source: sourceOf(found)},
      validation: rounded(validation),
      batches: steps.rates.length / epochs.length,
      kept: scoreOf(epochs.find(({epoch}) => epoch === selected)!),
      best: scoreOf(greatest(epochs, ({weightedF1}) => weightedF1)!),
      reached: levels.map((level) => firstReaching(validation, level))
    });
  }
  const pairs = async (start: "random" | "mean-var") => grouped(await compared(twins(study, start)), describe);
  const byClass = await classGains(twins(study), describe);
  return {levels, runs, pairs: await pairs("random"), scale: await pairs("mean-var"), byClass};
}

/**
 * What a run is, for the figures on pretraining; runs of one network within several budgets are not comparable and told
 * apart.
 */
export function describer(runs: readonly Run[]): Describe {
  const budgets = (model: string) =>
    new Set(runs.filter((run) => run.model === model).map(({procedure}) => budgetOf(procedure)));
  return (run) => {
    const {title} = architecture(run.model);
    const network = budgets(run.model).size > 1 ? `${title}, ${budgetOf(run.procedure)}` : title;
    return {model: run.model, network, start: startOf(run), fraction: run.fraction};
  };
}

/** What chooses between epochs. */
const scoreOf = ({epoch, size, weightedF1}: EpochRecord) => ({epoch, size, weightedF1: round(weightedF1)});

interface Compared extends Twins {
  difference: EstimateWith<"p">;
  source: Source;
}

/** The twins that both have predicted the test images. */
async function compared(pairs: readonly Twins[]): Promise<Compared[]> {
  const found: Compared[] = [];
  for (const {pretrained, scratch} of pairs) {
    const [a, b] = [pretrained, scratch].map((run) => predictions({study, run}));
    const result = await attempt(comparison({study, a, b}));
    if ("missing" in result) continue;
    found.push({pretrained, scratch, difference: shorten(result.value.macroF1), source: sourceOf(result)});
  }
  return found;
}

/** Twins that differ from each other in the seed alone, together. */
export const grouped = (pairs: readonly Compared[], describe: Describe): StartPair[] =>
  bySeed(pairs, describe).map((members) => ({
    ...describe(members[0].pretrained),
    less: startOf(members[0].scratch),
    seeds: members.map(({pretrained, scratch, difference}) => ({
      seed: pretrained.seed,
      pretrained: pretrained.id,
      scratch: scratch.id,
      sameProcedure: pretrained.procedure === scratch.procedure,
      difference
    })),
    spread: overSeeds(members.map(({difference}) => difference.value)),
    source: members.map(({source}) => source)
  }));
