import assert from "node:assert/strict";
import {existsSync, mkdtempSync, readdirSync, readFileSync, statSync} from "node:fs";
import {tmpdir} from "node:os";
import {join} from "node:path";
import {before, test} from "node:test";
import {randomly} from "../../src/lib/models/initialise.js";
import {Network} from "../../src/lib/models/network.js";
import {architecture} from "../../src/lib/models/registry.js";
import {readSafetensors} from "../../src/lib/models/weights/safetensors.js";
import type {PipelineEvent, Result} from "../../src/lib/pipeline/index.js";
import {createPipeline} from "../../src/lib/pipeline/index.js";
import {identityOf} from "../../src/lib/pipeline/keys.js";
import type {Stage} from "../../src/lib/pipeline/stage.js";
import {runStudy} from "../../src/lib/pipeline/run-study.js";
import {defineStudy} from "../../src/lib/study/schema.js";
import {attention} from "../../src/report/explanations/attention.js";
import {baselines} from "../../src/report/results/baselines.js";
import {countedModels, nodes} from "../../src/report/nodes.js";
import {embedding} from "../../src/report/map/embed.js";
import {evaluation} from "../../src/report/results/evaluate.js";
import {exportWeights} from "../../src/report/runs/export-weights.js";
import {featureAgreement, featureChange, featurePairs} from "../../src/report/pretraining/feature-change.js";
import {filters} from "../../src/report/networks/profile.js";
import {outlierDetector} from "../../src/report/predict/outlier-detector.js";
import {maps, predictions, trainingList} from "../../src/report/runs/run.js";
import {history, type RunArgs, training} from "../../src/report/runs/training.js";
import {study as real} from "../../src/study.js";

const folder = (name: string) => mkdtempSync(join(tmpdir(), `${name}-`));

/** The real study's definition at a size for tests, on drawn radiographs: no data, no weights. */
const study = defineStudy({
  ...real,
  dataset: {name: "phantom", train: 20, test: 6, seed: 3},
  validation: {fraction: 0.1, seed: 42, groupByPatient: false},
  procedures: {
    short: {
      ...real.procedures["two-core-from-scratch"],
      size: 32,
      batchSize: 8,
      phases: [
        {train: "head", epochs: 1, maxRate: 1e-2},
        {train: "all", epochs: 1, maxRate: 1e-2}
      ]
    }
  },
  runs: [{id: "tiny", model: "mobilenetv2_0.35", initialisation: "random", procedure: "short", seed: 1}],
  analyses: {
    ...real.analyses,
    ensemble: {members: ["tiny"]},
    tsne: {perplexities: [5, 3], iterations: 250, seeds: [1]},
    pca: {components: 8},
    bootstrap: {resamples: 200, seed: 1}
  }
});
const [run] = study.runs;
const publishedDir = folder("published");
const first = folder("cache");

before(async () => {
  const pipeline = createPipeline({cacheDir: first, publishedDir, policy: "computed"});
  const report = await runStudy(nodes(study), {pipeline, publish: true});
  assert.equal(report.exitCode, 0, report.text);
});

test("a study on phantoms ends with results of the right shapes that name their backend", async () => {
  const pipeline = createPipeline({cacheDir: first, publishedDir});
  const {value, provenance, source} = await pipeline.resolve(predictions({study, run}));
  assert.equal(source, "store");
  assert.ok(provenance.backend && provenance.device);
  assert.equal(value.rows.length, 24);
  for (let i = 0; i < 24; ++i) {
    const sum = value.probabilities.subarray(4 * i, 4 * i + 4).reduce((a, b) => a + b);
    assert.ok(Math.abs(sum - 1) < 1e-4);
  }
  const {value: metrics} = await pipeline.resolve(evaluation({study, run}));
  assert.equal(
    metrics.confusion.flat().reduce((a, b) => a + b),
    24
  );
  const {macroF1} = metrics.overall;
  assert.ok(macroF1.low <= macroF1.value && macroF1.value <= macroF1.high);
  const {value: grads} = await pipeline.resolve(maps({study, run}));
  assert.equal(grads.grids.length, 24 * grads.size ** 2);
  const {value: map} = await pipeline.resolve(embedding({study, run}));
  assert.deepEqual(
    map.maps.map(({perplexity, seed, coordinates}) => [perplexity, seed, coordinates.length]),
    [
      [5, null, 48],
      [5, 1, 48],
      [3, null, 48],
      [3, 1, 48]
    ]
  );
  const {value: curve} = await pipeline.resolve(history({study, run}));
  assert.deepEqual(
    curve.epochs.map(({trains}) => trains),
    ["head", "all"]
  );
});

test("the first filters are those that the run started from and ended with", async () => {
  const pipeline = createPipeline({cacheDir: first, publishedDir});
  const {layer, shape, before, after} = (await pipeline.resolve(filters({study, run}))).value;
  assert.deepEqual([layer, shape, before.length, after.length], ["Conv1", [3, 3, 3, 16], 432, 432]);
  const limit = Math.sqrt(6 / (9 * 3 + 9 * 16));
  assert.ok(
    before.every((value) => Math.abs(value) <= limit),
    "within the bounds of Glorot and Bengio's scheme"
  );
  const moved = Math.max(...before.map((value, i) => Math.abs(value - after[i])));
  const {epochs, selected} = (await pipeline.resolve(history({study, run}))).value;
  assert.ok(moved < 0.2);
  assert.equal(moved > 0, epochs[selected - 1].trains === "all", "a frozen body keeps its filters");
});

test("features are compared from the first layer to the last, and a run's last features agree with themselves", async () => {
  const pipeline = createPipeline({cacheDir: first, publishedDir});
  const changed = (await pipeline.resolve(featureChange({study, run}))).value;
  const same = (await pipeline.resolve(featureAgreement({study, pair: [run, run]}))).value;
  assert.deepEqual(
    changed.map(({layer}) => layer),
    same.map(({layer}) => layer)
  );
  assert.deepEqual([changed.length, changed[0].layer, changed.at(-1)!.layer], [12, "Conv1_relu", "out_relu"]);
  assert.ok(
    changed.every(({cka}) => cka < 1 - 1e-9 && cka > -0.1),
    "training changes the features"
  );
  for (const {cka} of same) assert.ok(Math.abs(cka - 1) < 1e-9, `${cka} is 1`);
});

test("compared are twins of different starts and neighbouring seeds of one", () => {
  const analyses = {...study.analyses, ensemble: {members: []}};
  const pairs = (changes: object[]) => {
    const runs = changes.map((change, i) => ({...run, id: `r${i}`, ...change}));
    return featurePairs(defineStudy({...study, analyses, runs}));
  };
  const ids = pairs([{}, {seed: 2}, {seed: 3}, {initialisation: "imagenet"}]).map((pair) => pair.map(({id}) => id));
  assert.deepEqual(ids, [
    ["r3", "r0"],
    ["r0", "r1"],
    ["r1", "r2"]
  ]);
});

test("only the images of its part count as those that a run was trained on", async () => {
  const pipeline = createPipeline({cacheDir: first, publishedDir});
  const half = {study, run: {...run, fraction: 0.5}};
  const whole = trainingList({study, run});
  const context = {progress() {}, log() {}, signal: pipeline.signal, workspace: "", record() {}};
  /** What a stage says of a run on half of the images, with the network of the one on all. */
  const ofHalf = async <T>(stage: Stage<RunArgs, T>, given: object) => {
    const inputs = Object.entries(stage({study, run}).inputs).filter(([name]) => !(name in given));
    const found = await Promise.all(inputs.map(async ([name, node]) => [name, (await pipeline.resolve(node)).value]));
    return stage(half).run({...Object.fromEntries(found), ...given}, context);
  };
  const [{value: images}, {value: division}] = await Promise.all([
    pipeline.resolve(whole.images),
    pipeline.resolve(whole.split)
  ]);
  const judged = Array.from(images.rows, (row, i) => ({split: "train", row, label: images.labels[i], masks: {}}));
  const {keys, seen} = await ofHalf(attention, {masks: {size: 8, images: judged}});
  const trained = keys.filter((_, i) => seen[i]);
  assert.equal(trained.length, division.train.length / 2);
  assert.equal((await ofHalf(outlierDetector, {})).images, trained.length);
  const held = new Set(Array.from(division.validation, (at) => `train/${images.rows[at]}`));
  assert.ok(!trained.some((key) => held.has(key)), "no validation image");
});

test("on another machine the published results give the same numbers, without any training", async () => {
  const events: PipelineEvent[] = [];
  const there = createPipeline({cacheDir: folder("elsewhere"), publishedDir, onEvent: (event) => events.push(event)});
  const here = createPipeline({cacheDir: first, publishedDir});
  const both = async <T>(resolve: (pipeline: typeof here) => Promise<Result<T>>) =>
    assert.deepEqual((await resolve(there)).value, (await resolve(here)).value);
  await both((pipeline) => pipeline.resolve(evaluation({study, run})));
  await both((pipeline) => pipeline.resolve(embedding({study, run})));
  await both((pipeline) => pipeline.resolve(maps({study, run})));
  const started = events.flatMap((event) => (event.type === "start" ? event.id : []));
  assert.deepEqual(started, ["evaluation/tiny"]);
});

test("a change of perplexity computes the embedding anew and nothing else", async () => {
  const events: PipelineEvent[] = [];
  const pipeline = createPipeline({cacheDir: first, publishedDir, onEvent: (event) => events.push(event)});
  const changed = {...study, analyses: {...study.analyses, tsne: {...study.analyses.tsne, perplexities: [4]}}};
  await pipeline.resolve(embedding({study: changed, run}));
  assert.deepEqual(
    events.flatMap((event) => (event.type === "start" ? event.id : [])),
    ["embedding/tiny"]
  );
});

test("another wording of a procedure changes no key, another setting does", () => {
  const trained = (changes: object) => {
    const changed = defineStudy({...study, procedures: {short: {...study.procedures.short, ...changes}}});
    return identityOf(training({study: changed, run: changed.runs[0]}));
  };
  assert.equal(trained({title: "other", description: "other words"}), trained({}));
  assert.notEqual(trained({mixup: 0.1}), trained({}));
});

test("published files are small, hold no pixels and no names of images", () => {
  const files = readdirSync(publishedDir, {recursive: true, encoding: "utf8"})
    .map((name) => join(publishedDir, name))
    .filter((path) => statSync(path).isFile());
  assert.deepEqual(files.map((path) => path.slice(publishedDir.length + 1).split("/")[0]).sort(), [
    "attention",
    ...baselines.map(() => "baseline"),
    "components",
    "embedding",
    "faithfulness",
    "feature-change",
    "filters",
    "history",
    "inventory",
    "maps",
    "methods",
    "predictions",
    ...countedModels(study).map(() => "profile"),
    "references",
    "sanity",
    "validation-predictions"
  ]);
  for (const path of files) {
    assert.ok(statSync(path).size < 2e6);
    assert.doesNotMatch(readFileSync(path, "utf8"), /bacteria-test-|\.jpe?g|phantom:/);
  }
});

test("the trained weights are written with what it takes to use them, and load bit for bit into a network", async () => {
  const pipeline = createPipeline({cacheDir: first, publishedDir});
  const {value: trained, provenance} = await pipeline.resolve(training({study, run}));
  const path = join(folder("export"), "tiny.safetensors");
  await exportWeights({study, run}, {pipeline, path});
  const {metadata, weights} = readSafetensors(path);
  const {classes, preprocessing, pooling, testCopies, temperature, ...plain} = metadata;
  assert.deepEqual(plain, {
    architecture: "mobilenetv2_0.35",
    size: "32",
    run: "tiny",
    key: provenance.key,
    version: (JSON.parse(readFileSync("package.json", "utf8")) as {version: string}).version
  });
  assert.equal((JSON.parse(classes) as string[]).length, 4);
  assert.deepEqual(JSON.parse(preprocessing), {mean: [0.5, 0.5, 0.5], std: [0.5, 0.5, 0.5]});
  assert.deepEqual(JSON.parse(pooling), ["max", "mean"]);
  const {augmentation, ...copies} = JSON.parse(testCopies) as {augmentation: object};
  assert.deepEqual(copies, {count: 4, seed: 1, unchanged: 0.4});
  const changes = {...study.procedures.short.augmentation, cutout: undefined};
  assert.deepEqual(augmentation, JSON.parse(JSON.stringify(changes)));
  assert.equal(Number(temperature), (await pipeline.resolve(evaluation({study, run}))).value.calibrated!.temperature);
  const network = new Network(architecture(run.model), {classes: 4, size: 32, dropout: 0}, randomly(9));
  network.load(weights, path);
  const loaded = Object.fromEntries(await network.save());
  network.dispose();
  assert.deepEqual(Object.keys(loaded), Object.keys(trained.weights));
  for (const [name, {data}] of Object.entries(trained.weights)) assert.deepEqual(loaded[name].data, data, name);

  await exportWeights({study, run}, {pipeline, path, float16: true});
  const {data} = readSafetensors(path).weights.get("head_dense/kernel")!;
  const exact = trained.weights["head_dense/kernel"].data;
  // Half a unit of the 11th significant bit, or of the smallest number.
  const isNear = (value: number, i: number) =>
    Math.abs(value - exact[i]) <= Math.max(2 ** -11 * Math.abs(exact[i]), 2 ** -25);
  assert.ok(data.every(isNear));
});

test("the weights of a run that was not trained here cannot be exported, and the error says how to train it", async () => {
  const pipeline = createPipeline({cacheDir: folder("empty"), publishedDir});
  const path = join(folder("export"), "none.safetensors");
  await assert.rejects(exportWeights({study, run}, {pipeline, path}), {
    name: "UserError",
    message: /no trained weights of tiny: [^]*npm run study -- --dataset phantom --only training\/tiny/
  });
  assert.equal(existsSync(path), false);
});

test("a run from ImageNet without its weights says what is missing and what to do", async () => {
  const previous = process.env.WEIGHTS_DIR;
  process.env.WEIGHTS_DIR = folder("no-weights");
  try {
    const pipeline = createPipeline({cacheDir: first, publishedDir});
    const pretrained = {...run, id: "pretrained", initialisation: "imagenet" as const};
    await assert.rejects(
      pipeline.resolve(predictions({study, run: pretrained})),
      /mobilenet_v2_weights[^]*Download them from https[^]*npm run study/
    );
  } finally {
    if (previous === undefined) delete process.env.WEIGHTS_DIR;
    else process.env.WEIGHTS_DIR = previous;
  }
});
