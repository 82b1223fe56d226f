import {marked, plant} from "../../lib/dataset/marks.js";
import {pick, toRows} from "../../lib/dataset/rows.js";
import type {Pixels} from "../../lib/dataset/types.js";
import {needsImageNet} from "../../lib/models/initialisation.js";
import type {Network} from "../../lib/models/network.js";
import {loadWeights} from "../../lib/models/weights/load.js";
import {stage} from "../../lib/pipeline/stage.js";
import type {Node} from "../../lib/pipeline/types.js";
import {type Cell, initialisationOf, type Plan, type Task} from "../../lib/study/experiments.js";
import {divergenceOf} from "../../lib/training/diverged.js";
import {predict} from "../../lib/training/inference.js";
import {type Procedure, settingsOf, sizesOf} from "../../lib/training/procedure.js";
import type {SavedWeights} from "../../lib/training/state.js";
import * as shapes from "../runs/shapes.js";
import {counting, withNetwork} from "../runs/trained-network.js";
import {trainNetwork} from "../runs/train-network.js";
import {imagenetDigest} from "../runs/training.js";
import {listPixels, pooled, taskDivision, type TaskImages, taskImages} from "./images.js";

export interface CellArgs {
  plan: Plan;
  procedures: Record<string, Procedure>;
  cell: Cell;
}

const taskOf = ({plan, cell}: CellArgs) => ({name: cell.task, task: plan.tasks[cell.task]});
const procedureOf = ({procedures, cell}: CellArgs) => procedures[cell.procedure];

type Lists = Readonly<Record<`${number}: pixels ${number}`, Node<Pixels>>>;

/** The pixels of all lists in some sizes. */
const inSizes = (args: CellArgs, sizes: readonly number[]): Lists =>
  Object.fromEntries(
    sizes.flatMap((size) =>
      Object.entries(listPixels(taskOf(args), size)).map(([name, node]) => [`${size}: ${name}`, node])
    )
  );

/** The lists of one size among a stage's inputs. */
const ofSize = (inputs: Readonly<Record<string, unknown>>, size: number) =>
  Object.entries(inputs).flatMap(([name, value]) => (name.startsWith(`${size}: `) ? (value as Pixels) : []));

/** What the images of a run show. */
interface Shown {
  marked?: NonNullable<Task["marked"]> & {strength: number; seed: number};
}

const shownOf = ({plan, cell}: CellArgs): Shown => {
  const {marked} = plan.tasks[cell.task];
  return marked ? {marked: {...marked, strength: cell.strength!, seed: cell.seed}} : {};
};

/** The images of a task as a run sees them; of a marked task, which of them bear a mark is chosen by `strength`. */
function shown(images: TaskImages, lists: readonly Pixels[], {marked: planting}: Shown): Pixels {
  const pool = pooled(images, lists);
  if (!planting) return pool;
  const {mark, class: name, strength, seed} = planting;
  return plant(pool, mark, marked(pool, {strength, label: images.classes.indexOf(name), seed}));
}

/**
 * Trains the network of a cell: its weights at the best epoch of the last phase, and what happened on the way. Minutes
 * for a small network.
 */
export const cellTraining = stage({
  name: "cell-training",
  module: import.meta.url,
  revision: 1,
  effort: "hours",
  id: ({cell}: CellArgs) => cell.id,
  inputs: (args) => ({
    ...inSizes(args, sizesOf(procedureOf(args))),
    images: taskImages(taskOf(args)),
    division: taskDivision({...taskOf(args), fold: args.cell.fold}),
    start: startOf(args)
  }),
  params: (args) => {
    const {model, seed, fraction} = args.cell;
    const [initialisation, procedure] = [initialisationOf(args.cell), settingsOf(procedureOf(args))];
    return {model, initialisation, seed, fraction, procedure, shown: shownOf(args)};
  },
  external: ({cell}) => (needsImageNet(initialisationOf(cell)) ? () => imagenetDigest(cell) : undefined),
  run: async ({images, division, start, ...lists}, {shown: marks, ...params}, context) => {
    const sizes = sizesOf(params.procedure).map((size) => [size, shown(images, ofSize(lists, size), marks)] as const);
    const inSize = new Map(sizes);
    const {weights, epochs, selected} = await trainNetwork(
      params,
      {classes: images.classes.length, images: (size) => inSize.get(size)!, labels: images.labels, division},
      context,
      start && ((network) => goOnFrom(network, start.weights))
    );
    return {weights, epochs, selected};
  }
});

/** Gives a network the body of another; the head is its own, for its own classes. */
function goOnFrom({body: {variables}}: Network, weights: SavedWeights): void {
  const body = Object.entries(weights).filter(([name]) => variables.has(name));
  loadWeights(variables, new Map(body), "the training that it goes on from");
}

/** The training that a cell goes on from, if it does. */
function startOf({plan, procedures, cell: {start}}: CellArgs): Node<{weights: SavedWeights}> | undefined {
  if (typeof start === "string") return undefined;
  return cellTraining({plan, procedures, cell: plan.cells.find(({id}) => id === start.cell)!});
}

/** Probabilities of one set of images, row-major [n, classes]. */
type Probabilities = Float32Array;

/** What a cell's network says of the images that test it, and how it came to be. */
export interface CellResult {
  classes: readonly string[];
  /** Their numbers in the task. */
  rows: Int32Array;
  labels: Int32Array;
  /** As they are; of a marked task, without any mark. */
  probabilities: Probabilities;
  /** Of a marked task: with a mark on every image. */
  marked?: Probabilities;
  /** Scores on the validation images after each epoch; the weights are those of the selected one. */
  validation: {epoch: number; size: number; seconds: number; macroF1: number; weightedF1: number; accuracy: number}[];
  selected: number;
}

/** Predictions of a cell: what is published of it. */
export const cellResult = stage({
  name: "cell",
  module: import.meta.url,
  revision: 1,
  effort: "minutes",
  publish: true,
  shape: shapes.predictions,
  id: ({cell}: CellArgs) => cell.id,
  inputs: (args) => ({
    ...inSizes(args, [procedureOf(args).size]),
    images: taskImages(taskOf(args)),
    division: taskDivision({...taskOf(args), fold: args.cell.fold}),
    training: cellTraining(args)
  }),
  params: (args) => {
    const {greyStem, size} = procedureOf(args);
    return {model: args.cell.model, greyStem, size, shown: shownOf(args)};
  },
  run: async (
    {images, division: {test}, training, ...lists},
    {size, shown, ...network},
    context
  ): Promise<CellResult> => {
    const {epochs, selected} = training;
    const warning = divergenceOf(epochs, selected);
    if (warning) context.record({warning});
    const pool = pooled(images, ofSize(lists, size));
    const mark = shown.marked?.mark;
    return withNetwork(network, {training, images: {size}, inventory: images}, context, async (network) => {
      const of = (pixels: Pixels) => predict(network, pixels, counting(context), test);
      return {
        classes: images.classes,
        rows: toRows(test),
        labels: pick(images.labels, test),
        probabilities: await of(pool),
        ...(mark && {marked: await of(plant(pool, mark, Array<boolean>(pool.labels.length).fill(true)))}),
        validation: epochs.map(({epoch, size, seconds, macroF1, weightedF1, accuracy}) => ({
          ...{epoch, size, seconds, macroF1, weightedF1, accuracy}
        })),
        selected
      };
    });
  }
});
