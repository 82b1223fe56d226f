import assert from "node:assert/strict";
import {spawnSync} from "node:child_process";
import {mkdtempSync} from "node:fs";
import {tmpdir} from "node:os";
import {join} from "node:path";
import {test} from "node:test";
import {toRows} from "../../src/lib/dataset/rows.js";
import type {Inventory, Pixels} from "../../src/lib/dataset/types.js";
import {type Cell, defineExperiments, type Task} from "../../src/lib/study/experiments.js";
import {procedureSchema} from "../../src/lib/training/procedure.js";
import {cellResult, type CellResult, cellTraining} from "../../src/report/experiments/cell.js";
import {pooled, taskDivision, type TaskImages, taskImages} from "../../src/report/experiments/images.js";
import {alone} from "./alone.js";
import {context, toyStudy} from "./toy.js";

/** A list of images: a label, a patient and a series for each; rows count from 10. */
const listed = (images: [label: number, patient: number, family: number][]) => ({
  rows: toRows(images.map((_, i) => 10 + i)),
  labels: Int32Array.from(images, ([label]) => label),
  patients: Int32Array.from(images, ([, patient]) => patient),
  families: Int32Array.from(images, ([, , family]) => family)
});
const inventoryOf = (classes: string[], train: ReturnType<typeof listed>, test: ReturnType<typeof listed>) =>
  ({classes, splits: {train, test}}) as unknown as Inventory;

const sick = {
  dataset: "covidx" as const,
  only: "numbered in a series" as const,
  classes: {viral: "ill", normal: "well"}
};
const task: Task = {
  ...{title: "t", asks: "?", classes: ["ill", "well"], division: "list"},
  sources: [sick, {dataset: "nih", classes: {"No finding": "well"}}]
};

const images = alone(taskImages({name: "t", task}), {
  "source 0": inventoryOf(
    ["normal", "viral", "bacteria"],
    listed([
      [0, 1, 0],
      [1, 2, 0],
      [2, 3, 0],
      [1, 4, -1]
    ]),
    listed([[1, 2, 0]])
  ),
  "source 1": inventoryOf(
    ["No finding", "Pneumonia"],
    listed([]),
    listed([
      [0, 1, -1],
      [1, 5, -1]
    ])
  )
}) as TaskImages;

test("a task's images are those of its classes, of all lists, by the task's own labels", () => {
  assert.deepEqual([...images.list], [0, 0, 1, 3]);
  assert.deepEqual([...images.row], [10, 11, 10, 10]);
  assert.deepEqual([...images.labels], [1, 0, 0, 1]);
  assert.deepEqual([...images.tests], [0, 0, 1, 1]);
});

test("a patient of both lists is one, and equal numbers of two sources are two", () => {
  const [normal, viral, again, elsewhere] = images.patients;
  assert.equal(viral, again);
  assert.equal(new Set([normal, viral, elsewhere]).size, 3);
});

const own = Array.from({length: 200}, (_, i) => i);
const many: TaskImages = {
  classes: ["a", "b"],
  list: Int32Array.from(own, () => 0),
  row: Int32Array.from(own),
  labels: Int32Array.from(own, (i) => i % 2),
  patients: Int32Array.from(own, (i) => Math.floor(i / 3)),
  tests: Uint8Array.from(own, (i) => Number(i >= 150))
};
const divided = (division: Task["division"], fold?: number) =>
  alone(taskDivision({name: "t", task: {...task, division}, fold}), {images: many});

test("with a list, what its source set apart tests; with folds, every image tests once", () => {
  const list = divided("list");
  assert.deepEqual([...list.test], own.slice(150));
  assert.equal(list.train.length + list.validation.length, 150);
  const folds = [0, 1, 2].map((fold) => divided({folds: 3, seed: 1}, fold));
  assert.deepEqual(
    folds.flatMap(({test}) => [...test]).sort((a, b) => a - b),
    own
  );
});

test("no patient of a fold is on two sides", () => {
  const {train, validation, test: tested} = divided({folds: 3, seed: 1}, 1);
  const patients = [train, validation, tested].map((part) => new Set(Array.from(part, (i) => many.patients[i])));
  assert.equal(
    new Set(patients.flatMap((part) => [...part])).size,
    patients.reduce((sum, {size}) => sum + size, 0)
  );
  assert.ok(validation.length > 0);
});

const plain = (rows: number[], size = 32): Pixels => ({
  size,
  rows: toRows(rows),
  labels: new Int32Array(rows.length),
  data: Uint8Array.from(rows.flatMap((row) => new Array<number>(size * size).fill(row)))
});

test("pixels are found by their rows in the lists, whatever their places there", () => {
  const {rows, labels, data} = pooled(images, [plain([11, 10]), plain([10]), plain([]), plain([9, 10])]);
  assert.deepEqual([...rows], [0, 1, 2, 3]);
  assert.deepEqual(labels, images.labels);
  assert.deepEqual(
    [0, 1, 2, 3].map((i) => data[i * 32 * 32]),
    [10, 11, 10, 10]
  );
});

const {phases, ...settings} = toyStudy().procedures.toy;
const procedures = {toy: procedureSchema.parse({...settings, phases: [{...phases[0], epochs: 12}]})};
const marking: Task = {...task, classes: ["a", "b"], marked: {mark: "plain", class: "b"}};
const made = (strength: number): Cell => ({
  ...{id: `s-${strength}`, task: "marking", model: "toy", start: "random", procedure: "toy", seed: 1},
  ...{fraction: 1, strength}
});

/** A network that sees how bright an image is, trained on black images whose classes differ in nothing else than marks. */
async function trained(strength: number) {
  const cell = made(strength);
  const args = {plan: {tasks: {marking}, cells: [cell], experiments: []}, procedures, cell};
  const division = divided("list");
  const lists = {"32: pixels 0": {...plain(own.map(() => 0)), rows: toRows(own), labels: many.labels}};
  const workspace = () => context({workspace: mkdtempSync(join(tmpdir(), "cell-"))});
  const training = await cellTraining(args).run({images: many, division, ...lists}, workspace());
  const inputs = {images: many, division, training, ...lists};
  return (await cellResult(args).run(inputs, workspace())) as CellResult;
}

/** The mean probability of the marked class. */
const mean = (probabilities: Float32Array) =>
  probabilities.reduce((sum, p, i) => sum + (i % 2 === 1 ? p : 0), 0) / (probabilities.length / 2);

test("a network that is trained on marks goes by them, and on marks that tell nothing it does not", async () => {
  const [told, untold] = [await trained(1), await trained(0)];
  assert.deepEqual([...told.rows], [...divided("list").test]);
  assert.ok(mean(told.marked!) - mean(told.probabilities) > 0.3, `${mean(told.marked!)} ${mean(told.probabilities)}`);
  assert.ok(Math.abs(mean(untold.marked!) - mean(untold.probabilities)) < 0.15);
});

test("what is wrong with a plan is told by its path", () => {
  const wrong = {
    tasks: {t: {...task, classes: ["ill", "healthy"]}},
    cells: [
      {...made(1), task: "t", id: "a"},
      {...made(1), task: "none", id: "b"},
      {id: "c", task: "t", model: "toy", start: {cell: "x"}, procedure: "other", seed: 1, fold: 0}
    ],
    experiments: []
  };
  assert.throws(
    () => defineExperiments(wrong as never, ["toy"]),
    /tasks\.t\.sources\.0\.classes\.normal: "well" is none of ill, healthy[^]*cells\.0\.strength: belongs[^]*cells\.1\.task: "none" is none of t[^]*cells\.2\.procedure: "other"[^]*cells\.2\.fold: the task has no folds[^]*cells\.2\.start: is no other cell/
  );
});

test("a study of other images, whose plan has other procedures, is as possible as before", () => {
  const source = `await import(${JSON.stringify(new URL("../../src/report/nodes.ts", import.meta.url).href)});`;
  const {status, stderr} = spawnSync(process.execPath, ["--import", "tsx", "--input-type=module", "-e", source], {
    encoding: "utf8",
    env: {...process.env, STUDY_DATASET: "phantom"}
  });
  assert.equal(status, 0, stderr);
});
