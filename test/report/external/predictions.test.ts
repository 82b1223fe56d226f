import assert from "node:assert/strict";
import {mkdtempSync} from "node:fs";
import {tmpdir} from "node:os";
import {join} from "node:path";
import {test} from "node:test";
import {toRows} from "../../../src/lib/dataset/rows.js";
import type {ExternalPredictions} from "../../../src/lib/evaluation/external.js";
import type {StageContext} from "../../../src/lib/pipeline/index.js";
import {createPipeline} from "../../../src/lib/pipeline/index.js";
import {identityOf} from "../../../src/lib/pipeline/keys.js";
import {defineStudy} from "../../../src/lib/study/schema.js";
import {externalOverlap, externalPredictions} from "../../../src/report/external/predictions.js";
import {externalEvaluation} from "../../../src/report/external/evaluation.js";
import {nodes} from "../../../src/report/nodes.js";
import {study} from "../../../src/study.js";

const [first, second] = study.runs;
const bootstrap = {resamples: 100, seed: 1};
const small = {...study, analyses: {...study.analyses, bootstrap}};

/** Figure 1's first three groups, an image each, taken for COVID-19 with the probabilities given. */
const predicted = (...covid: number[]): ExternalPredictions => ({
  rows: toRows(Int32Array.from(covid.keys())),
  labels: Int32Array.from(covid.keys()),
  groups: ["COVID-19", "Pneumonia", "No finding"],
  patients: Int32Array.from(covid.keys()),
  classes: ["COVID-19", "normal"],
  probabilities: Float32Array.from(covid.flatMap((p) => [p, 1 - p]))
});

type Evaluation = {groups: {label: string; images: number; takenFor: {k: number}[]}[]};
const evaluated = (runs: typeof study.runs, inputs: Record<string, unknown>) =>
  (externalEvaluation({study: small, collection: "figure1", runs}).run(inputs, {} as StageContext) as Evaluation)
    .groups;

test("images that the study's lists hold too are not counted", () => {
  const overlap = [{among: "test", row: 0, other: 11, correlation: 0.99}];
  const groups = evaluated([first], {overlap, [`of ${first.id}`]: predicted(0.9, 0.9, 0.1)});
  assert.deepEqual(
    groups.map(({images, takenFor}) => [images, takenFor[0].k]),
    [
      [0, 0],
      [1, 1],
      [1, 0]
    ]
  );
});

test("several runs are joined by the mean of their probabilities", () => {
  const inputs = {
    overlap: [],
    [`of ${first.id}`]: predicted(0.9, 0.6, 0.1),
    [`of ${second.id}`]: predicted(0.9, 0.1, 0.8)
  };
  const called = evaluated([first, second], inputs).map(({takenFor}) => takenFor[0].k);
  assert.deepEqual(called, [1, 0, 0]);
});

test("a collection is read at the run's size, and only a study of radiographs is asked", () => {
  const node = externalPredictions({study, collection: "nih", run: first});
  assert.equal(node.id, `external-predictions/nih/${first.id}`);
  assert.equal(node.inputs.images.id, `pixels/nih-test-${study.procedures[first.procedure].size}`);
  assert.notEqual(identityOf(node), identityOf(externalPredictions({study, collection: "figure1", run: first})));
  const phantoms = defineStudy({
    ...study,
    dataset: {name: "phantom"},
    validation: {fraction: 0.1, seed: 1, groupByPatient: false}
  });
  const asked = (of: typeof study) => nodes(of).filter(({stage}) => stage === "external-predictions").length;
  assert.deepEqual([asked(phantoms), asked(study)], [0, 2 * study.runs.length]);
});

test("without the images, the variable that names them is asked for", async (t) => {
  const before = process.env.EXTERNAL_DIR;
  t.after(() => (before === undefined ? delete process.env.EXTERNAL_DIR : (process.env.EXTERNAL_DIR = before)));
  const folder = (process.env.EXTERNAL_DIR = mkdtempSync(join(tmpdir(), "external-")));
  const pipeline = createPipeline({cacheDir: join(folder, "cache"), publishedDir: join(folder, "published")});
  await assert.rejects(
    async () => pipeline.resolve(externalOverlap({study, collection: "nih"})),
    (error: Error) => /EXTERNAL_DIR/.test(error.message) && /nih does not exist/.test(error.message)
  );
});
