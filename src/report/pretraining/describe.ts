import {greatest} from "d3";
import {firstReaching} from "../../lib/evaluation/reach.js";
import {architecture} from "../../lib/models/registry.js";
import type {Run} from "../../lib/study/schema.js";
import type {Twins} from "../../lib/study/twins.js";
import type {EpochRecord} from "../../lib/training/state.js";
import type {history} from "../runs/training.js";
import {round, rounded} from "../shared/rounding.js";
import {budgetOf, startOf} from "../shared/support.js";
import {grouped} from "../shared/tables.js";
import type {Gain, PretrainingArtifact, StartPair} from "./artifact.js";

/** What a run is, for figures. */
export type Describe = (run: Run) => Pick<StartPair, "model" | "network" | "start" | "fraction">;

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

/** Twins that differ from each other in the seed alone, together. */
export const alikeButForSeed = <T extends Twins>(pairs: readonly T[], describe: Describe): T[][] =>
  grouped(pairs, ({pretrained}) => ({...describe(pretrained), procedure: pretrained.procedure}));

/** Scores of the macro F1 on validation of which it is told when each run first had them. */
export const levels = [0.5, 0.6, 0.65, 0.7, 0.75, 0.8, 0.85, 0.9];

/** What chooses between epochs. */
const scoreOf = ({epoch, size, weightedF1}: EpochRecord) => ({epoch, size, weightedF1: round(weightedF1)});

type History = Awaited<ReturnType<ReturnType<typeof history>["run"]>>;

/** How a run got to its scores on validation. */
export function wayOf({
  epochs,
  steps,
  selected
}: History): Pick<PretrainingArtifact["runs"][number], "validation" | "batches" | "kept" | "best" | "reached"> {
  const validation = epochs.map(({macroF1}) => macroF1);
  return {
    validation: rounded(validation),
    batches: steps.rates.length / epochs.length,
    kept: scoreOf(epochs.find(({epoch}) => epoch === selected)!),
    best: scoreOf(greatest(epochs, ({weightedF1}) => weightedF1)!),
    reached: levels.map((level) => firstReaching(validation, level))
  };
}

/** The twins of a gain, seed by seed. */
export const seedTwins = (pairs: readonly Twins[], {seeds}: Gain): StartPair["seeds"] =>
  pairs.map(({pretrained, scratch}, i) => ({
    seed: pretrained.seed,
    pretrained: pretrained.id,
    scratch: scratch.id,
    sameProcedure: pretrained.procedure === scratch.procedure,
    difference: seeds[i].difference
  }));
