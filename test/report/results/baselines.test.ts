import assert from "node:assert/strict";
import {test} from "node:test";
import {toRows} from "../../../src/lib/dataset/rows.js";
import type {Inventory, Pixels, SplitInventory} from "../../../src/lib/dataset/types.js";
import {argmax} from "../../../src/lib/measures/predictions.js";
import type {Predictions} from "../../../src/lib/evaluation/evaluate.js";
import type {StageContext} from "../../../src/lib/pipeline/index.js";
import {type Baseline, baseline} from "../../../src/report/results/baselines.js";
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
