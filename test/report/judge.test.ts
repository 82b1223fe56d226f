import assert from "node:assert/strict";
import {test} from "node:test";
import {mulberry32} from "../../src/lib/measures/random.js";
import {taskScores} from "../../src/lib/measures/task-scores.js";
import type {Cell, Contrast, Task} from "../../src/lib/study/experiments.js";
import type {CellResult} from "../../src/report/experiments/cell.js";
import type {TaskImages} from "../../src/report/experiments/images.js";
import {judge} from "../../src/report/experiments/judge.js";

const n = 60;
const labels = Int32Array.from({length: n}, (_, i) => i % 2);
const images = {patients: Int32Array.from({length: n}, (_, i) => Math.floor(i / 4))} as TaskImages;
const random = mulberry32(2);

/** A result that is right of a share of the images, all of them for 1. */
const result = (share: number, marked?: Float32Array): CellResult => ({
  classes: ["a", "b"],
  rows: Int32Array.from(labels.keys()),
  labels,
  probabilities: Float32Array.from(
    Array.from(labels, (label) => (random() < share === (label === 1) ? [0.2, 0.8] : [0.8, 0.2])).flat()
  ),
  ...(marked && {marked}),
  validation: [],
  selected: 0
});

const task = (marked?: Task["marked"]): Task => ({
  ...{title: "t", asks: "?", classes: ["a", "b"], sources: [], division: "list"},
  ...(marked && {marked})
});
const cell = (id: string, start: "imagenet" | "random", seed: number, more: Partial<Cell> = {}): Cell => ({
  ...{id, task: "t", model: "toy", start, procedure: "p", seed, fraction: 1, ...more}
});
const difference: Contrast = {
  title: "ImageNet less random weights",
  terms: [
    {sign: 1, cells: {start: "imagenet"}, test: "as they are"},
    {sign: -1, cells: {start: "random"}, test: "as they are"}
  ]
};
const options = {resamples: 200};

test("a contrast is the mean over seeds of the first start's score less the other's", () => {
  const cells = [1, 2, 3].flatMap((seed) => [cell(`i${seed}`, "imagenet", seed), cell(`r${seed}`, "random", seed)]);
  const results = Object.fromEntries(cells.map(({id}) => [id, result(id[0] === "i" ? 0.9 : 0.6)]));
  const [{repetitions, scores}] = judge(
    {contrasts: [difference]},
    {cells, results, images: {t: images}, plan: {tasks: {t: task()}}},
    options
  );
  const ones = new Float64Array(n).fill(1);
  const accuracy = (id: string) => taskScores(results[id].probabilities, labels, 2)(ones)[3];
  const expected = [1, 2, 3].reduce((sum, seed) => sum + accuracy(`i${seed}`) - accuracy(`r${seed}`), 0) / 3;
  assert.equal(repetitions, 3);
  assert.ok(Math.abs(scores!.accuracy.value - expected) < 1e-12 && expected > 0.1);
  assert.ok(scores!.accuracy.low < expected && expected < scores!.accuracy.high);
});

test("a seed that one start lacks is left out, and one seed alone has no interval", () => {
  const cells = [cell("i1", "imagenet", 1), cell("r1", "random", 1), cell("i2", "imagenet", 2)];
  const results = Object.fromEntries(cells.map(({id}) => [id, result(0.8)]));
  const world = {cells, results, images: {t: images}, plan: {tasks: {t: task()}}};
  const [{repetitions, scores}] = judge({contrasts: [difference]}, world, options);
  assert.deepEqual([repetitions, scores], [1, null]);
});

test("with marks as trained a network that goes by them is right, and with their meaning reversed it is wrong", () => {
  const plan = {tasks: {t: task({mark: "plain", class: "b"})}};
  const every = (probability: number) =>
    Float32Array.from(Array.from(labels, () => [1 - probability, probability]).flat());
  const cells = [1, 2].map((seed) => cell(`m${seed}`, "random", seed, {strength: 1}));
  const results = Object.fromEntries(cells.map(({id}) => [id, {...result(1, every(0.9)), probabilities: every(0.1)}]));
  const shown = (test: "as trained" | "reversed"): Contrast => ({title: test, terms: [{sign: 1, cells: {}, test}]});
  const contrasts = [shown("as trained"), shown("reversed")];
  const judged = judge({contrasts}, {cells, results, images: {t: images}, plan}, options);
  assert.deepEqual(
    judged.map(({scores}) => scores!.macroAuc.value),
    [1, 0]
  );
  const unmarked = Object.fromEntries(cells.map(({id}) => [id, result(1)]));
  assert.throws(
    () => judge({contrasts}, {cells, results: unmarked, images: {t: images}, plan}, options),
    /m1 was not tested with marks/
  );
});

test("cells of different test images are not compared", () => {
  const cells = [cell("i1", "imagenet", 1), cell("r1", "random", 1)];
  const other = {...result(1), rows: Int32Array.from(labels, (_, i) => i + 1)};
  const world = {cells, results: {i1: result(1), r1: other}, images: {t: images}, plan: {tasks: {t: task()}}};
  assert.throws(() => judge({contrasts: [difference]}, world, options), /i1 and r1 were tested on different images/);
});

test("the area does not move with a threshold, and the other scores do", () => {
  const truth = [0, 0, 1, 1];
  const both = [
    [0.9, 0.1],
    [0.8, 0.2],
    [0.7, 0.3],
    [0.6, 0.4]
  ].flat();
  const [macroF1, balanced, auc, accuracy] = taskScores(both, truth, 2)([1, 1, 1, 1]);
  assert.deepEqual([balanced, auc, accuracy], [0.5, 1, 0.5]);
  assert.ok(Math.abs(macroF1 - 1 / 3) < 1e-12);
  assert.deepEqual(taskScores(both, truth, 2)([0, 0, 1, 3]).slice(3), [0]);
});
