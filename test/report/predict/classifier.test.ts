import assert from "node:assert/strict";
import {join} from "node:path";
import {test} from "node:test";
import sharp from "sharp";
import {ownId} from "../../../src/lib/dataset/own-images.js";
import {takeInventory} from "../../../src/lib/dataset/inventory.js";
import {openDataset} from "../../../src/lib/dataset/open.js";
import {readPixels} from "../../../src/lib/dataset/pixels.js";
import {useBackend} from "../../../src/lib/engine/backend.js";
import {atTemperature} from "../../../src/lib/measures/temperature.js";
import {randomly} from "../../../src/lib/models/initialise.js";
import {Network} from "../../../src/lib/models/network.js";
import {architecture} from "../../../src/lib/models/registry.js";
import type {Pipeline, StageContext} from "../../../src/lib/pipeline/index.js";
import type {Node} from "../../../src/lib/pipeline/types.js";
import {defineStudy} from "../../../src/lib/study/schema.js";
import {recomputeStatistics} from "../../../src/lib/training/batch-statistics.js";
import {openClassifier} from "../../../src/report/predict/classifier.js";
import {predictions} from "../../../src/report/runs/run.js";
import {study as real} from "../../../src/study.js";
import {temporaryFolder, write} from "../../dataset/fixtures.js";

process.env.CACHE_DIR = temporaryFolder();
process.env.TFJS_BACKEND ??= "wasm";
const [model, size] = ["mobilenetv2_0.35", 32] as const;

const study = defineStudy({
  ...real,
  dataset: {name: "phantom", train: 4, test: 2, seed: 3},
  validation: {fraction: 0.2, seed: 42, groupByPatient: false},
  procedures: {short: {...real.procedures["two-core-from-scratch"], size, testCopies: 3}},
  runs: [{id: "tiny", model, initialisation: "random", procedure: "short", seed: 1}],
  analyses: {...real.analyses, ensemble: {members: []}}
});
const args = {study, run: study.runs[0]};

test("a file is given the probabilities that its image has in the evaluated list, changed copies included", async () => {
  await useBackend();
  const dataset = await openDataset(study.dataset);
  const [inventory, {pixels: images}] = [await takeInventory(dataset), await readPixels(dataset.test, {size})];
  const network = new Network(architecture(model), {classes: 4, size, dropout: 0}, randomly(1));
  await recomputeStatistics(network, images, 1); // without these, it takes all images for the same
  const training = {weights: Object.fromEntries(await network.save())};
  network.dispose();
  const context = {log() {}, record() {}, progress() {}} as unknown as StageContext;
  const listed = await predictions(args).run({training, images, inventory}, context);
  // Of the test images, whose temperature is as good as any.
  const results: Record<string, unknown> = {training, inventory, "validation-predictions": listed};
  const pipeline = {
    plan: async ({stage}: Node) => ({action: stage in results ? "store" : "unavailable"}),
    resolve: async ({stage}: Node) => ({value: results[stage], provenance: {key: "own", inputs: {training: "own"}}})
  } as unknown as Pipeline;

  const folder = temporaryFolder();
  const files = Array.from(images.rows, (row) => ({id: ownId(String(row)), path: join(folder, `${row}.png`)}));
  for (const [i, {path}] of files.entries()) {
    const image = images.data.subarray(i * size * size, (i + 1) * size * size);
    write(
      path,
      await sharp(image, {raw: {width: size, height: size, channels: 1}})
        .png()
        .toBuffer()
    );
  }
  const classifier = await openClassifier(args, pipeline);
  const {rows, probabilities, classes} = listed;
  const expected = atTemperature(probabilities, classes.length, classifier.temperature);
  // In another order than the list's, so that no image stands where it stands there.
  for await (const result of classifier.classify(files.reverse())) {
    assert.ok(result.error === undefined);
    const at = rows.indexOf(Number(result.id.file));
    classes.forEach((name, k) => {
      const off = Math.abs(result.probabilities[k] - expected[at * classes.length + k]);
      assert.ok(off < 1e-4, `row ${result.id.file}, ${name}: ${off}`);
    });
  }
  classifier.dispose();
});
