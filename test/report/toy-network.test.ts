import assert from "node:assert/strict";
import {mkdtempSync} from "node:fs";
import {tmpdir} from "node:os";
import {join} from "node:path";
import {test} from "node:test";
import sharp from "sharp";
import {ownId} from "../../src/lib/dataset/own-images.js";
import {atTemperature, fitTemperature} from "../../src/lib/measures/temperature.js";
import {readSafetensors} from "../../src/lib/models/weights/safetensors.js";
import {collect, type Node, type Pipeline} from "../../src/lib/pipeline/index.js";
import {defineStudy} from "../../src/lib/study/schema.js";
import {nodes} from "../../src/report/nodes.js";
import {openClassifier} from "../../src/report/predict/classifier.js";
import {exportWeights} from "../../src/report/runs/export-weights.js";
import {featureAgreement, featureChange} from "../../src/report/pretraining/feature-change.js";
import {temporaryFolder, write} from "../dataset/fixtures.js";
import {brighterThan, chance, context, near, toyStudy} from "./toy.js";

const args = (settings: object = {}) => {
  const study = toyStudy(settings);
  return {study, run: study.runs[0]};
};
/** Surely right in eight of ten: a temperature that is not 1. */
const validation = {
  labels: Int32Array.from({length: 10}, (_, i) => Number(i < 2)),
  classes: ["dark", "bright"],
  probabilities: Float32Array.from({length: 20}, (_, at) => (at % 2 ? 0.0625 : 0.9375))
};
const temperature = fitTemperature(validation.probabilities, validation.labels);

/** A pipeline with the results of one training, here or as they were published. */
function having(more: Record<string, unknown> = {}): Pipeline {
  const values: Record<string, unknown> = {
    "training/toy-1": {weights: brighterThan(0.5)},
    "inventory/covidx": {classes: ["dark", "bright"]},
    "validation-predictions/toy-1": validation,
    ...more
  };
  const pipeline = {
    plan: async ({id}: Node) => ({action: id in values ? "store" : "unavailable"}),
    resolve: async ({id}: Node) => ({
      value: values[id],
      provenance: {id, key: id.startsWith("training") ? "key" : id, inputs: {training: "key"}}
    })
  };
  return pipeline as unknown as Pipeline;
}

/** A picture that grows brighter by 60 levels from left to right. */
const ramp = (level: number) =>
  sharp(
    Uint8Array.from({length: 64 * 64}, (_, at) => level - 30 + (60 * (at % 64)) / 63),
    {
      raw: {width: 64, height: 64, channels: 1}
    }
  )
    .png()
    .toBuffer();

/** Images of these mean grey levels; one of them is no image. */
async function files(...levels: (number | undefined)[]) {
  const folder = temporaryFolder();
  return Promise.all(
    levels.map(async (level, i) => {
      const path = join(folder, `${i}.png`);
      write(path, level === undefined ? "no image" : await ramp(level));
      return {id: ownId(`${i}.png`), path};
    })
  );
}

test(
  "every image is classified by itself, at the temperature of validation, those that cannot be " +
    "read in their place",
  async () => {
    const classifier = await openClassifier(args(), having());
    assert.deepEqual(
      [classifier.classes, classifier.source, classifier.temperature],
      [["dark", "bright"], "store", temperature]
    );
    const found = [];
    for await (const one of classifier.classify(await files(220, undefined, 35, 30))) found.push(one);
    classifier.dispose();
    assert.deepEqual(
      found.map(({id}) => id.file),
      ["0.png", "1.png", "2.png", "3.png"]
    );
    assert.ok(found[1].error);
    for (const [i, level] of [
      [0, 220],
      [2, 35],
      [3, 30]
    ]) {
      const raw = chance(level / 255, 0.5);
      const one = found[i];
      assert.ok("probabilities" in one, one.error);
      near(one.probabilities, atTemperature([1 - raw, raw], 2, temperature), 1e-2);
    }
  }
);

test("a network is added by its file and its line in the registry: a study may name it, and all is planned", () => {
  const study = defineStudy(toyStudy());
  assert.equal(study.runs[0].model, "toy");
  const planned = new Set(collect(nodes(study)).map(({id}) => id));
  for (const stage of ["training", "predictions", "evaluation", "maps", "embedding"]) {
    assert.ok(
      [...planned].some((id) => id.startsWith(`${stage}/`) && id.includes("toy-1")),
      stage
    );
  }
  const unknown = toyStudy({}, [{model: "toys"}]);
  assert.throws(() => defineStudy(unknown), /study\.runs\.0\.model: use one of/);
});

test("without what training images look like, it is said that images are not checked", async () => {
  const without = await openClassifier(args(), having());
  assert.match(without.caution!, /neither in the store nor published/);
  const [one] = [(await without.classify(await files(220)).next()).value];
  assert.ok(one && "probabilities" in one && one.verdict === undefined);
  without.dispose();
});

test("limits that few validation images set are said to rest on few", async () => {
  for (const [n, few] of [
    [4, true],
    [50, false]
  ] as const) {
    const held = {distance: new Float32Array(n), odds: new Float32Array(n), picture: {}};
    const detector = {"outlier-detector/toy-1": {detector: {}, validation: held, colour: 0}};
    const {caution, dispose} = await openClassifier(args(), having(detector));
    assert.equal(/Only 4 validation images .* 50 are needed/.test(caution!), few, caution);
    dispose();
  }
});

test("exported weights say how images enter, and what becomes of the probabilities", async () => {
  const path = join(mkdtempSync(join(tmpdir(), "export-")), "toy.safetensors");
  await exportWeights(args({testCopies: 3}), {pipeline: having(), path});
  const {metadata, weights} = readSafetensors(path);
  assert.deepEqual(JSON.parse(metadata.classes), ["dark", "bright"]);
  assert.deepEqual(JSON.parse(metadata.preprocessing), {mean: [0, 0, 0], std: [1, 1, 1]});
  assert.deepEqual([metadata.architecture, metadata.size, metadata.run, metadata.key], ["toy", "32", "toy-1", "key"]);
  assert.equal(Number(metadata.temperature), temperature);
  assert.equal((JSON.parse(metadata.testCopies) as {count: number}).count, 3);
  assert.equal(metadata.pooling, undefined, "it has a top of its own");
  assert.deepEqual(weights.get("conv/kernel")!.data, brighterThan(0.5)["conv/kernel"].data);
  await exportWeights(args(), {pipeline: having(), path});
  assert.equal(readSafetensors(path).metadata.testCopies, undefined);
});

test("features are compared layer by layer, those of the start with those of the end, and those of two runs", async () => {
  const values = (...columns: number[]) => ({columns: 1, values: Float32Array.from(columns)});
  const landmarks = ["low", "high"].map((layer, i) => ({layer, depth: i + 1, channels: 1}));
  const [line, zigzag, bent] = [values(1, 2, 3, 4, 5), values(1, -1, 1, -1, 1), values(1, 4, 9, 16, 25)];
  const [start, end] = [
    [line, zigzag],
    [line, bent]
  ].map((features) => ({landmarks, features}));
  const found = (await featureChange(args()).run({start, end}, context())) as {layer: string; cka: number}[];
  assert.deepEqual(
    found.map(({layer}) => layer),
    ["low", "high"]
  );
  near([found[0].cka], [1]);
  assert.ok(found[1].cka < 0.5, `${found[1].cka}`);
  const {study, run} = args();
  const pair = [run, {...run, id: "other"}] as const;
  const node = featureAgreement({study, pair});
  assert.deepEqual(await node.run({a: start, b: end}, context()), found);
  assert.deepEqual([node.inputs.a.id, node.inputs.b.id], ["end-features/toy-1", "end-features/other"]);
  assert.deepEqual(
    Object.values(featureChange(args()).inputs).map(({id}) => id),
    ["start-features/toy-1", "end-features/toy-1"]
  );
});
