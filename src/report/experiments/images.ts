import {patientFolds} from "../../lib/dataset/folds.js";
import {patientsOf} from "../../lib/dataset/patients.js";
import {pick, type Positions, toPositions, toRows} from "../../lib/dataset/rows.js";
import {validationSplit} from "../../lib/dataset/split.js";
import {type Inventory, type Pixels, type Split, splits} from "../../lib/dataset/types.js";
import {stage} from "../../lib/pipeline/stage.js";
import type {Node} from "../../lib/pipeline/types.js";
import type {Task, TaskSource} from "../../lib/study/experiments.js";
import {UserError} from "../../lib/support/errors.js";
import {inventory, pixels} from "../data/dataset.js";
import * as shapes from "../runs/shapes.js";

export interface TaskArgs {
  /** Its id in the plan. */
  name: string;
  task: Task;
}

/** The share of what would train that validates, and the seed that draws it: the same for all runs of a division. */
const validation = {fraction: 0.1, seed: 1};

/** The images of a task, by columns: entry i is one image, its number from here on. */
export interface TaskImages {
  classes: readonly string[];
  /** The list that an image stands in, by number: all lists of the first source, then those of the second. */
  list: Int32Array;
  /** Its row there. */
  row: Int32Array;
  labels: Int32Array;
  /** Equal numbers are one patient. */
  patients: Int32Array;
  /** 1 for an image that its source set apart to test on. */
  tests: Uint8Array;
}

/** Every list that a source may have, in the order of their numbers. */
const listsOf = ({sources}: Task) => sources.flatMap((source) => splits.map((split) => ({source, split})));

const only = ({dataset}: TaskSource) => ({dataset: {name: dataset}});

/** Which images are a task's, of which classes and patients. */
export const taskImages = stage({
  name: "task-images",
  module: import.meta.url,
  revision: 1,
  publish: true,
  shape: shapes.taskImages,
  id: ({name}: TaskArgs) => name,
  inputs: ({task}): Readonly<Record<`source ${number}`, Node<Inventory>>> =>
    Object.fromEntries(task.sources.map((source, i) => [`source ${i}`, inventory({study: only(source)})])),
  params: ({task: {classes, sources}}) => ({classes, sources}),
  run: (inventories, {classes, sources}): TaskImages => {
    const images = sources.flatMap((source, i) => imagesOf(inventories[`source ${i}`], source, i, classes));
    if (images.length === 0) throw new UserError("The task has no images.", {hint: "Look at its sources' classes."});
    const numbers = new Map([...new Set(images.map(({patient}) => patient))].map((name, number) => [name, number]));
    const column = (value: (image: (typeof images)[number]) => number) => Int32Array.from(images, value);
    return {
      classes,
      list: column(({list}) => list),
      row: column(({row}) => row),
      labels: column(({label}) => label),
      patients: column(({patient}) => numbers.get(patient)!),
      tests: Uint8Array.from(images, ({list}) => Number(splits[list % splits.length] === "test"))
    };
  }
});

function imagesOf(inventory: Inventory, source: TaskSource, number: number, classes: readonly string[]) {
  return splits.flatMap((split, k) => {
    const {rows, labels, families} = inventory.splits[split];
    const patients = patientsOf(inventory.splits[split]);
    return Array.from(rows, (row, i) => {
      const own = source.classes[inventory.classes[labels[i]]];
      const left = own === undefined || (source.only !== undefined && families[i] < 0);
      const list = number * splits.length + k;
      return left ? [] : [{list, row, label: classes.indexOf(own), patient: `${number} ${patients[i]}`}];
    }).flat();
  });
}

/** The images that train a run, those that choose its epoch, and those that test it, by their numbers in the task. */
export interface TaskDivision {
  train: Positions;
  validation: Positions;
  test: Positions;
}

/** How a task's images are divided, for a fold or by its sources' lists. All images of a patient lie in one part. */
export const taskDivision = stage({
  name: "task-division",
  module: import.meta.url,
  revision: 1,
  id: ({name, fold}: TaskArgs & {fold?: number}) => `${name}/${fold ?? "list"}`,
  inputs: (args) => ({images: taskImages(args)}),
  params: ({task: {division}, fold}) => ({division, fold, validation}),
  run: ({images}, {division, fold, validation}): TaskDivision => {
    const {labels, patients, tests} = images;
    const names = Array.from(patients, String);
    const isTest =
      division === "list"
        ? tests
        : patientFolds({labels, patients: names}, division).map((own) => Number(own === fold));
    const positions = (test: number) => toPositions([...labels.keys()].filter((i) => isTest[i] === test));
    const rest = positions(0);
    const held = validationSplit(
      {labels: pick(labels, rest), patients: Array.from(rest, (i) => names[i])},
      {...validation, groupByPatient: true}
    );
    return {train: pick(rest, held.train), validation: pick(rest, held.validation), test: positions(1)};
  }
});

type Lists = Readonly<Record<`pixels ${number}`, Node<Pixels>>>;

/** The pixels of all lists that a task's sources have, in one size. */
export const listPixels = ({task}: TaskArgs, size: number): Lists =>
  Object.fromEntries(
    listsOf(task).map(({source, split}, list) => [
      `pixels ${list}`,
      pixels({study: only(source), split: split as Split, size})
    ])
  );

/** A task's images in one size, in the order of their numbers, which are their rows. */
export function pooled({list, row, labels}: TaskImages, lists: readonly Pixels[]): Pixels {
  const [{size}] = lists;
  const area = size * size;
  const places = lists.map(({rows}) => new Map(Array.from(rows, (one, at) => [one, at])));
  const data = new Uint8Array(new SharedArrayBuffer(labels.length * area));
  for (let i = 0; i < labels.length; ++i) {
    const from = places[list[i]].get(row[i])! * area;
    data.set(lists[list[i]].data.subarray(from, from + area), i * area);
  }
  return {size, rows: toRows(labels.keys()), labels, data};
}
