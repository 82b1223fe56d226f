import {mkdtempSync, rmSync} from "node:fs";
import {tmpdir} from "node:os";
import {join} from "node:path";
import {after} from "node:test";
import {toRows} from "../../src/lib/dataset/rows.js";
import {validationSplit} from "../../src/lib/dataset/split.js";
import type {Inventory, SplitInventory} from "../../src/lib/dataset/types.js";
import type {Predictions} from "../../src/lib/evaluation/predicted.js";
import {hash} from "../../src/lib/pipeline/canonical.js";
import type {Node, Value} from "../../src/lib/pipeline/index.js";
import {identityOf} from "../../src/lib/pipeline/keys.js";
import {openPublished} from "../../src/lib/pipeline/published.js";
import type {Run} from "../../src/lib/study/schema.js";
import {inventory} from "../../src/report/data/dataset.js";
import {predictions, validationPredictions} from "../../src/report/runs/run.js";
import {history} from "../../src/report/runs/training.js";
import {study} from "../../src/study.js";

/**
 * A small study in place of the real one, without data or weights, whose results are published in a folder of its own:
 * what loaders read. Each run knows something else of each split.
 */
export const folder = mkdtempSync(join(tmpdir(), "world-"));
after(() => rmSync(folder, {recursive: true}));
Object.assign(process.env, {
  CACHE_DIR: join(folder, "cache"),
  PUBLISHED_DIR: join(folder, "published"),
  COVIDX_DIR: join(folder, "covidx"),
  EXTERNAL_DIR: join(folder, "external"),
  WEIGHTS_DIR: join(folder, "weights"),
  TFJS_BACKEND: "cpu"
});

export const classes = ["COVID-19", "viral", "bacteria", "normal"];

/** Of three, six, seven and eight images; the third of the list could not be read. */
export const testLabels = [0, 3, 1, 2, 3, 2, 1, 0, 3, 2, 1, 3, 2, 1, 3, 0, 2, 3, 1, 2, 3, 2, 1, 3];
export const testRows = testLabels.map((_, i) => (i < 2 ? i : i + 1));
const trainLabels = Array.from({length: 32}, (_, i) => (i + 3) % 4);
const trainRows = trainLabels.map((_, i) => 31 - i);

const run = (model: string, initialisation: "imagenet" | "random" | "mean-var", seed = 1, fraction = 1): Run => {
  const budget = model === "xception" ? "two-core-large" : "two-core";
  return {
    id: `${model.replace("_", "-")}-${initialisation}-${fraction < 1 ? "part-" : ""}${seed}`,
    procedure: `${budget}-${initialisation === "imagenet" ? "fine-tune" : "from-scratch"}`,
    ...{model, initialisation, seed, fraction}
  };
};
const lite = "efficientnet_lite0";

/** By place, the images that a run gets wrong. The best on validation is not the best on test. */
const known: [run: Run, test: number[], validation: number[]][] = [
  [run("xception", "imagenet"), [5, 7, 9], [3]],
  [run(lite, "imagenet", 1), [0, 3, 5, 20], [0, 1]],
  [run(lite, "imagenet", 2), [1], [0, 1, 2]],
  [run(lite, "random", 1), [0, 1, 2, 3, 4, 6, 8, 10], [0, 1, 2, 3]],
  [run(lite, "random", 2), [0, 1, 2, 3, 5, 7, 9, 11, 13], [0, 1, 2, 3, 4]],
  [run(lite, "mean-var", 1), [2, 4, 6, 8, 10], [0, 2, 4]],
  [run(lite, "imagenet", 1, 0.5), [0, 1, 2, 3, 4, 5, 6, 7, 8], [0, 1, 2, 5, 6]],
  [run(lite, "random", 1, 0.5), [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11], [0, 1, 2, 4, 5, 6]]
];
/** Declared, and without any result. */
export const planned = run("xception", "random");
export const runs = known.map(([run]) => run);
export const named = (id: string) => study.runs.find((run) => run.id === id)!;

study.runs = [...runs, planned];
study.validation = {fraction: 0.25, seed: 3, groupByPatient: false};
study.analyses = {
  ...study.analyses,
  ensemble: {members: [runs[0].id, runs[1].id]},
  bootstrap: {resamples: 200, seed: 1},
  tsne: {perplexities: [5, 3], iterations: 250, seeds: [1]}
};

const places = openPublished(process.env.PUBLISHED_DIR!);

/** Publishes a result as if it had been computed somewhere, of these inputs. */
export function publish<T>(
  node: Node<T>,
  value: unknown,
  more: {device?: string; inputs?: Record<string, string>} = {}
) {
  const {id, stage, params, revision} = node;
  places.write(node, {
    value: value as Value,
    provenance: {
      ...{
        id,
        stage,
        params,
        revision,
        identity: identityOf(node),
        key: hash("key", id),
        inputs: {},
        code: "c0de",
        packages: {}
      },
      ...{
        node: "v20.0.0",
        seconds: 12.3456,
        date: "2026-01-02T03:04:05.000Z",
        backend: "cpu",
        device: "a processor",
        ...more
      }
    }
  });
}

/** Each of the listed images is of a patient of its own, but for the second and third, and of a series by its label. */
const listed = (labels: number[], rows: number[], from: number): SplitInventory => ({
  listed: rows.length + 1,
  present: rows.length,
  byClass: classes.map((_, k) => labels.filter((label) => label === k).length),
  rows: toRows(Int32Array.from(rows)),
  labels: Int32Array.from(labels),
  width: Int32Array.from(rows, (row) => 100 + 10 * row),
  height: Int32Array.from(rows, (row) => 200 - row),
  patients: Int32Array.from(rows, (_, i) => from + (i === 2 ? 1 : i)),
  families: Int32Array.from(labels, (label, i) => (label === 3 ? i % 2 : label === 0 || i === 2 ? -1 : 2)),
  problems: []
});
export const images: Inventory = {
  name: "covidx",
  title: "A small COVIDx",
  classes,
  digest: "d1ge57",
  splits: {train: listed(trainLabels, trainRows, 0), test: listed(testLabels, testRows, 20)},
  duplicates: [],
  families: ["IM", "NORMAL2-IM", "person"],
  notes: {duplicateLines: [], inBothSplits: []}
};
images.splits.test.problems = [{split: "test", row: 2, file: "lost.png", label: 1, reason: "it is missing"}];

/** Surely right, and less surely wrong, where the next class is taken. */
export function predicted(labels: number[], rows: number[], wrong: number[], sure = 0.7): Predictions {
  const rowOf = (label: number, i: number) => {
    const chosen = wrong.includes(i) ? (label + 1) % 4 : label;
    const most = wrong.includes(i) ? 0.4 : sure;
    return classes.map((_, k) => (k === chosen ? most : (1 - most) / 3));
  };
  const probabilities = Float32Array.from(labels.flatMap(rowOf));
  return {rows: toRows(Int32Array.from(rows)), labels: Int32Array.from(labels), classes, probabilities};
}
const held = Array.from(validationSplit(images.splits.train, study.validation).validation);
export const validationRows = held.map((at) => trainRows[at]);

export const testPredictions = new Map(
  known.map(([{id}, wrong], k) => [id, predicted(testLabels, testRows, wrong, 0.7 + k / 50)])
);
export const heldPredictions = new Map(
  known.map(([{id}, , wrong]) => [
    id,
    predicted(
      held.map((at) => trainLabels[at]),
      validationRows,
      wrong
    )
  ])
);

/** Four epochs of two phases, the later ones better: the third was kept. */
export const historyOf = (k: number) => {
  const epochs = [0, 1, 2, 3].map((epoch) => ({
    ...{epoch: epoch + 1, phase: Number(epoch > 1), trains: epoch > 1 ? "all" : "head", size: epoch > 1 ? 128 : 64},
    ...{trainLoss: 1 - epoch / 10, validationLoss: 2 - epoch / 10, accuracy: 0.5 + epoch / 10},
    ...{macroF1: 0.5 + epoch / 10 - k / 100, weightedF1: [0.5, 0.625, 0.75, 0.6875][epoch] - k / 64},
    perClass: classes.map((_, c) => ({precision: 0.25 + c / 8, recall: 0.5 + c / 8, f1: 0.125 + c / 8})),
    ...{imagesPerSecond: 100 + epoch, waiting: 0.125, seconds: 10 + epoch, peakMemory: 100 + epoch, parts: 1}
  }));
  const steps = {
    rates: Float32Array.of(0.25, 0.5, 0.125, 0.0625, 1, 2, 0.5, 0.25),
    momenta: new Float32Array(8).fill(0.9),
    losses: Float32Array.from({length: 8}, (_, step) => 8 - step),
    gradientNorms: Float32Array.from({length: 8}, (_, step) => step)
  };
  const curve = {rates: [0.1, 0.2], losses: [3, 4], smoothed: [3.5, 3.75], suggestion: 0.15};
  return {epochs, steps, finders: [{phase: 1, ...curve}], selected: 3, parameters: 1000 + k};
};

/** The places of the test images that a run gets wrong. */
export const mistakes = (id: string) => known.find(([run]) => run.id === id)![1];

publish(inventory({study}), images);
for (const run of runs) {
  publish(predictions({study, run}), testPredictions.get(run.id));
  publish(validationPredictions({study, run}), heldPredictions.get(run.id), {
    inputs: {training: `training of ${run.id}`}
  });
  publish(history({study, run}), historyOf(runs.indexOf(run)));
}
