import {marked} from "../../lib/dataset/marks.js";
import {pick, toPositions, toRows} from "../../lib/dataset/rows.js";
import type {BootstrapOptions} from "../../lib/measures/bootstrap.js";
import {taskScoreNames, type TaskScoreName, taskScores} from "../../lib/measures/task-scores.js";
import {type Repetition, twoLevel, type TwoLevelEstimate} from "../../lib/measures/two-level.js";
import {stage} from "../../lib/pipeline/stage.js";
import type {Node} from "../../lib/pipeline/types.js";
import {
  type Cell,
  chosenCells,
  type Contrast,
  type Experiment,
  type Plan,
  repetitionOf
} from "../../lib/study/experiments.js";
import type {Procedure} from "../../lib/training/procedure.js";
import {UserError} from "../../lib/support/errors.js";
import {cellResult, type CellResult} from "./cell.js";
import {type TaskImages, taskImages} from "./images.js";

export interface JudgementArgs {
  plan: Plan;
  procedures: Record<string, Procedure>;
  experiment: Experiment;
  /** Those of its cells that have a result. */
  cells: readonly Cell[];
}

/** A contrast in every score, over the repetitions that are complete. */
export interface JudgedContrast {
  title: string;
  repetitions: number;
  /** Null for fewer than two repetitions, over which nothing spreads. */
  scores: Record<TaskScoreName, TwoLevelEstimate> | null;
}

type Term = Contrast["terms"][number];
type ByTask<T> = Readonly<Record<string, T>>;

/** What a cell says of its test images as a contrast shows them. */
function shown({cell, result, plan}: {cell: Cell; result: CellResult; plan: Pick<Plan, "tasks">}, test: Term["test"]) {
  const {marked: planting} = plan.tasks[cell.task];
  if (test === "as they are") return result.probabilities;
  if (!planting || !result.marked) {
    throw new UserError(`${cell.id} was not tested with marks, which a contrast asks for.`, {
      hint: "Give the contrast cells of a task whose images are marked."
    });
  }
  const strength = test === "as trained" ? cell.strength! : -cell.strength!;
  const label = result.classes.indexOf(planting.class);
  const bears = marked({rows: toRows(result.rows), labels: result.labels}, {strength, label, seed: cell.seed});
  const classes = result.classes.length;
  return result.probabilities.map((p, at) => (bears[Math.floor(at / classes)] ? result.marked![at] : p));
}

/** The cells of a contrast's terms, repetition by repetition; those that lack a term are left out. */
function complete(cells: readonly Cell[], {terms}: Contrast): {sign: number; test: Term["test"]; cells: Cell[]}[][] {
  const chosen = terms.map((term) => ({...term, cells: chosenCells(cells, term)}));
  const names = [...new Set(chosen.flatMap(({cells}) => cells.map(repetitionOf)))];
  return names
    .map((name) =>
      chosen.map(({cells, ...term}) => ({...term, cells: cells.filter((cell) => repetitionOf(cell) === name)}))
    )
    .filter((terms) => terms.every(({cells}) => cells.length > 0));
}

/**
 * Contrasts of an experiment's results: of each term the mean score of its cells, summed with signs within every
 * repetition; their mean, with intervals over repetitions and patients.
 */
export function judge(
  {contrasts}: Pick<Experiment, "contrasts">,
  {
    cells,
    results,
    images,
    plan
  }: {cells: readonly Cell[]; results: ByTask<CellResult>; images: ByTask<TaskImages>; plan: Pick<Plan, "tasks">},
  options: BootstrapOptions
): JudgedContrast[] {
  return contrasts.map((contrast) => {
    const repetitions = complete(cells, contrast).map((terms): Repetition => {
      const [first] = terms[0].cells;
      const {rows, labels, classes} = results[first.id];
      const scored = terms.flatMap(({sign, test, cells}) =>
        cells.map((cell) => {
          const result = results[cell.id];
          requireSame(first, cell, results);
          const scores = taskScores(shown({cell, result, plan}, test), labels, classes.length);
          return {factor: sign / cells.length, scores};
        })
      );
      return {
        patients: pick(images[first.task].patients, toPositions(rows)),
        labels,
        statistics: (weights) => {
          const sums = taskScoreNames.map(() => 0);
          for (const {factor, scores} of scored) scores(weights).forEach((score, k) => (sums[k] += factor * score));
          return sums;
        }
      };
    });
    const estimates = repetitions.length > 1 ? twoLevel(repetitions, options) : undefined;
    const scores = estimates && Object.fromEntries(taskScoreNames.map((name, k) => [name, estimates[k]]));
    return {
      title: contrast.title,
      repetitions: repetitions.length,
      scores: (scores as Record<TaskScoreName, TwoLevelEstimate>) ?? null
    };
  });
}

function requireSame(a: Cell, b: Cell, results: ByTask<CellResult>): void {
  if (String(results[a.id].rows) === String(results[b.id].rows)) return;
  throw new UserError(`${a.id} and ${b.id} were tested on different images and cannot be compared.`, {
    hint: "A contrast compares cells of one task, fold by fold."
  });
}

type Inputs = Readonly<Record<`cell ${string}`, Node<CellResult>> & Record<`images ${string}`, Node<TaskImages>>>;

/** An experiment's contrasts, from those of its cells that have a result. */
export const judgement = stage({
  name: "judgement",
  module: import.meta.url,
  id: ({experiment}: JudgementArgs) => experiment.id,
  inputs: ({plan, procedures, cells}): Inputs =>
    Object.fromEntries([
      ...cells.map((cell) => [`cell ${cell.id}`, cellResult({plan, procedures, cell})]),
      ...[...new Set(cells.map(({task}) => task))].map((name) => [
        `images ${name}`,
        taskImages({name, task: plan.tasks[name]})
      ])
    ]),
  params: ({plan, experiment: {contrasts}, cells}) => ({
    contrasts,
    cells: [...cells],
    tasks: Object.fromEntries(cells.map(({task}) => [task, plan.tasks[task]])),
    bootstrap: {resamples: 1000, seed: 1}
  }),
  run: (inputs, {contrasts, cells, tasks, bootstrap}) => {
    const results = Object.fromEntries(cells.map(({id}) => [id, inputs[`cell ${id}`]]));
    const images = Object.fromEntries(Object.keys(tasks).map((name) => [name, inputs[`images ${name}`]]));
    return judge({contrasts}, {cells, results, images, plan: {tasks}}, bootstrap);
  }
});
