import {z} from "zod";
import {marks} from "../dataset/marks.js";
import {taskScoreNames} from "../measures/task-scores.js";
import type {Initialisation} from "../models/initialisation.js";
import {identifier, runSettings, seed} from "./fields.js";
import type {Inconsistency} from "./inconsistencies.js";
import {checked} from "./schema.js";

/** Where a task's images are from, and which classes of theirs it takes. */
const source = z.strictObject({
  dataset: z.enum(["covidx", "nih", "cohen"]),
  /** Only those whose patients are numbered in a series, which are COVIDx's children. */
  only: z.literal("numbered in a series").optional(),
  /** The task's class of each of the source's; images of others are left out. */
  classes: z.record(z.string().min(1), z.string().min(1))
});

/** What networks learn to tell apart, of which images, and how these are divided. */
const taskSettings = z.strictObject({
  title: z.string().min(1),
  asks: z.string().min(1),
  classes: z.array(z.string().min(1)).min(2),
  sources: z.array(source).min(1),
  /**
   * The source's own test list, all else trains; or folds of whole patients, each of which tests what is trained on the
   * others. What validates is drawn from what would train, by patient.
   */
  division: z.union([z.literal("list"), z.strictObject({folds: z.int().min(2).max(20), seed})]),
  /** Marks to plant, at each run's own strength, on the images of a class. */
  marked: z
    .strictObject({
      mark: z.enum(Object.keys(marks) as [keyof typeof marks, ...(keyof typeof marks)[]]),
      class: z.string()
    })
    .optional()
});

/** One training of an experiment. */
const cellSettings = runSettings.omit({initialisation: true}).extend({
  task: identifier,
  /** The fold that tests; absent where the task has a list. */
  fold: z.int().min(0).optional(),
  /** What the body starts from; the id of another cell: from what that has learned. */
  start: z.union([z.enum(["imagenet", "random", "mean-var"]), z.strictObject({cell: identifier})]),
  /** Strength of the planted marks, of a task that has such. */
  strength: z.number().min(0).max(1).optional()
});

/** Which cells of an experiment: those that agree in all that is named. */
const which = cellSettings
  .pick({task: true, model: true, start: true, procedure: true, fraction: true, strength: true})
  .partial();

/** A sum of scores of cells, with signs, taken repetition by repetition: cells of one seed and fold belong together. */
const contrast = z.strictObject({
  title: z.string().min(1),
  terms: z
    .array(
      z.strictObject({
        sign: z.union([z.literal(1), z.literal(-1)]),
        cells: which,
        /** How the test images are shown: as they are, or with marks as trained or with their meaning reversed. */
        test: z.enum(["as they are", "as trained", "reversed"]).default("as they are")
      })
    )
    .min(1)
});

/** What is asked, what is expected and how it will be judged, before anything of it runs. */
const experimentSettings = z.strictObject({
  id: identifier,
  title: z.string().min(1),
  question: z.string().min(1),
  /** What is expected of the first contrast. */
  hypothesis: z.strictObject({words: z.string().min(1), direction: z.enum(["greater", "less"])}),
  estimand: z.string().min(1),
  primary: z.enum(taskScoreNames).default("macroF1"),
  contrasts: z.array(contrast).min(1),
  cells: z.array(identifier).min(1)
});

export type Task = z.infer<typeof taskSettings>;
export type TaskSource = Task["sources"][number];
export type Cell = z.infer<typeof cellSettings>;
export type Experiment = z.infer<typeof experimentSettings>;
export type Contrast = Experiment["contrasts"][number];

const fields = z.strictObject({
  tasks: z.record(identifier, taskSettings),
  cells: z.array(cellSettings),
  experiments: z.array(experimentSettings)
});

export type Plan = z.infer<typeof fields>;

/** What the network of a cell is first given. */
export const initialisationOf = ({start}: Cell): Initialisation => (typeof start === "string" ? start : "random");

/**
 * Checks experiments and fills in defaults.
 * @throws UserError that names the path of every wrong value and what is allowed there
 */
export function defineExperiments(definition: z.input<typeof fields>, procedures: readonly string[]): Plan {
  const consistent = fields.superRefine((plan, context) => {
    for (const issue of contradictions(plan, procedures)) context.addIssue({code: "custom", ...issue});
  });
  return checked(consistent, definition, {what: "The experiments' definition", file: "src/experiments.ts"});
}

function contradictions({tasks, cells, experiments}: Plan, procedures: readonly string[]): Inconsistency[] {
  const ids = cells.map(({id}) => id);
  const unknown = (name: string, known: readonly string[]) => `"${name}" is none of ${known.join(", ")}`;
  return [
    ...Object.entries(tasks).flatMap(([id, {classes, sources, marked}]) => [
      ...sources.flatMap((source, i) =>
        Object.entries(source.classes).flatMap(([theirs, own]) =>
          classes.includes(own)
            ? []
            : [{path: ["tasks", id, "sources", i, "classes", theirs], message: unknown(own, classes)}]
        )
      ),
      ...(marked && !classes.includes(marked.class)
        ? [{path: ["tasks", id, "marked", "class"], message: unknown(marked.class, classes)}]
        : [])
    ]),
    ...cells.flatMap((cell, i) =>
      inCell(cell, tasks, {ids, procedures}).map(({path, message}) => ({path: ["cells", i, ...path], message}))
    ),
    ...experiments.flatMap(({cells}, i) =>
      cells.flatMap((cell, k) =>
        ids.includes(cell) ? [] : [{path: ["experiments", i, "cells", k], message: `"${cell}" is no cell`}]
      )
    )
  ];
}

function inCell(
  {id, task, fold, start, procedure, strength}: Cell,
  tasks: Plan["tasks"],
  {ids, procedures}: {ids: readonly string[]; procedures: readonly string[]}
): Inconsistency[] {
  if (!tasks[task]) return [{path: ["task"], message: `"${task}" is none of ${Object.keys(tasks).join(", ")}`}];
  const {division, marked} = tasks[task];
  const folds = division === "list" ? 0 : division.folds;
  const wrong = (path: string, holds: boolean, message: string): Inconsistency[] =>
    holds ? [{path: [path], message}] : [];
  return [
    ...wrong("id", ids.indexOf(id) !== ids.lastIndexOf(id), `"${id}" is there twice`),
    ...wrong("procedure", !procedures.includes(procedure), `"${procedure}" is none of ${procedures.join(", ")}`),
    ...wrong("fold", folds > 0 && (fold === undefined || fold >= folds), `the task has the folds 0 to ${folds - 1}`),
    ...wrong("fold", folds === 0 && fold !== undefined, "the task has no folds"),
    ...wrong(
      "strength",
      (marked === undefined) !== (strength === undefined),
      "belongs to a task whose images are marked, and only there"
    ),
    ...wrong("start", typeof start !== "string" && (start.cell === id || !ids.includes(start.cell)), "is no other cell")
  ];
}

/** The cells that a term of a contrast is about, of those of an experiment. */
export const chosenCells = (cells: readonly Cell[], {cells: named}: Contrast["terms"][number]): Cell[] =>
  cells.filter((cell) =>
    Object.entries(named).every(([name, value]) => {
      const own = cell[name as keyof Cell];
      return name === "start" ? startKind(own as Cell["start"]) === startKind(value as Cell["start"]) : own === value;
    })
  );

/** Starts of one kind: cells that go on from another cell do so each from its own. */
const startKind = (start: Cell["start"]) => (typeof start === "string" ? start : "cell");

/** What makes cells of several starts one repetition. */
export const repetitionOf = ({seed, fold}: Pick<Cell, "seed" | "fold">) => `${fold ?? "list"}/${seed}`;
