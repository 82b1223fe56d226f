import assert from "node:assert/strict";
import {test} from "node:test";
import {toRows} from "../../../src/lib/dataset/rows.js";
import type {Inventory, Pixels, SplitInventory} from "../../../src/lib/dataset/types.js";
import {argmax} from "../../../src/lib/measures/predictions.js";
import type {Predictions} from "../../../src/lib/evaluation/predicted.js";
import type {StageContext} from "../../../src/lib/pipeline/index.js";
import {type Baseline, baseline, baselineEvaluation} from "../../../src/report/results/baselines.js";
import {study as real} from "../../../src/study.js";

const study = {...real, analyses: {...real.analyses, probe: {...real.analyses.probe, penalties: [0.01]}}};

/** Images of two classes in the ratio 3 : 1. Class 1 is wide in its file and bright on the left. */
function images(n: number): {pixels: Pixels; inventory: SplitInventory} {
  const labels = Int32Array.from({length: n}, (_, i) => Number(i % 4 === 3));
  const rows = toRows(Int32Array.from(labels.keys()));
  const data = Uint8Array.from({length: n * 4}, (_, at) => (labels[at >> 2] === (at & 1) ? 90 : 200 + (at % 7)));
  const width = labels.map((label, i) => 100 + 100 * label + (i % 5));
  return {
    pixels: {size: 2, rows, labels, data},
    inventory: {rows, labels, width, height: labels.map(() => 100)} as SplitInventory
  };
}
const [train, held] = [images(80), images(40)];
const inputs = {
  train: train.pixels,
  test: held.pixels,
  split: {
    train: Int32Array.from({length: 60}, (_, i) => i),
    validation: Int32Array.from({length: 20}, (_, i) => 60 + i)
  },
  inventory: {classes: ["a", "b"], splits: {train: train.inventory, test: held.inventory}} as Partial<Inventory>
};
const context = {log() {}, record() {}, progress() {}} as unknown as StageContext;
const predict = async (name: Baseline) =>
  (await baseline({study, baseline: name}).run(inputs, context)) as Predictions & {l2?: number};

test("the prior gives every image the shares of the training images", async () => {
  const {probabilities, labels, l2} = await predict("prior");
  assert.equal(l2, undefined);
  assert.deepEqual(
    [labels.length, ...probabilities.subarray(76)].map((value) => Number(value.toFixed(6))),
    [40, 0.75, 0.25, 0.75, 0.25]
  );
});

test("thumbnail and metadata each learn what is in them", async () => {
  for (const name of ["thumbnail", "metadata"] as const) {
    const {probabilities, labels, l2} = await predict(name);
    assert.deepEqual(argmax(probabilities, 2), labels, name);
    assert.equal(l2, 0.01);
  }
});

test("the thumbnail knows nothing of the file, and metadata nothing of where the picture is bright", async () => {
  const blank = {...held, pixels: {...held.pixels, data: new Uint8Array(held.pixels.data.length).fill(145)}};
  const alike = {...held.inventory, width: held.inventory.width.map(() => 150)} as SplitInventory;
  const of = async (name: Baseline, test: Pixels, file: SplitInventory) => {
    const given = {...inputs, test, inventory: {...inputs.inventory, splits: {train: train.inventory, test: file}}};
    return argmax(((await baseline({study, baseline: name}).run(given, context)) as Predictions).probabilities, 2);
  };
  const {labels} = held.pixels;
  assert.deepEqual(await of("thumbnail", held.pixels, alike), labels);
  assert.deepEqual(await of("metadata", blank.pixels, held.inventory), labels);
  assert.notDeepEqual(await of("thumbnail", blank.pixels, held.inventory), labels);
});

test("a baseline learns from the training list, is judged on the test list, and its scores are its own", () => {
  const {inputs: read, id, publish} = baseline({study, baseline: "metadata"});
  assert.deepEqual(
    [id, read.train.id, read.test.id],
    ["baseline/metadata", "pixels/covidx-train-16", "pixels/covidx-test-16"]
  );
  assert.ok(publish);
  const scores = baselineEvaluation({study, baseline: "metadata"});
  assert.deepEqual([scores.id, scores.inputs.predictions.id], ["baseline-evaluation/metadata", "baseline/metadata"]);
  assert.deepEqual(scores.params, study.analyses.bootstrap);
});

test("a baseline's scores are of the predictions that it is given", async () => {
  const predictions = await predict("prior");
  const few = {...study, analyses: {...study.analyses, bootstrap: {resamples: 50, seed: 1}}};
  const node = baselineEvaluation({study: few, baseline: "prior"});
  const {overall} = await node.run({predictions}, context);
  assert.deepEqual([overall.accuracy.k, overall.accuracy.n], [30, 40]);
});
