import assert from "node:assert/strict";
import {test} from "node:test";
import type {Pixels} from "../../../src/lib/dataset/types.js";
import {decodeGrey} from "../../../src/lib/dataset/decode.js";
import {openDataset} from "../../../src/lib/dataset/open.js";
import {fitTemperature} from "../../../src/lib/measures/temperature.js";
import type {Node, Pipeline, Result} from "../../../src/lib/pipeline/index.js";
import {identityOf} from "../../../src/lib/pipeline/keys.js";
import type {Run} from "../../../src/lib/study/schema.js";
import {inventory, pixels, split} from "../../../src/report/data/dataset.js";
import {nodes} from "../../../src/report/nodes.js";
import {bestSmallRuns, publishedNetwork} from "../../../src/report/runs/publish-weights.js";
import {temperatureOf} from "../../../src/report/predict/temperature.js";
import {
  hasPublishedWeights,
  requireTraining,
  trainedWeights,
  weightParts,
  weights
} from "../../../src/report/runs/weights.js";
import {brighterThan, context, toyStudy} from "../toy.js";

/** A pipeline that has some results by the ids of their nodes, in the store or published, and computes none. */
function having(results: Record<string, unknown>, {published = [] as string[], training = "key"} = {}) {
  const released: string[] = [];
  const pipeline = {
    plan: async ({id}: Node) => ({
      action: published.includes(id) ? "published" : id in results ? "store" : "unavailable",
      blocked: id.startsWith("training/gone") ? {reason: "no weights", hint: "Get them."} : undefined
    }),
    resolve: async ({id}: Node) => {
      assert.ok(id in results, id);
      const key = id.startsWith("training/") ? "key" : `of ${id}`;
      return {value: results[id], provenance: {id, key, inputs: {training}}} as unknown as Result<unknown>;
    },
    release: ({id}: Node) => void released.push(id)
  };
  return Object.assign(pipeline as unknown as Pipeline, {released});
}

/** Predictions of eight validation images, of which so many are right. */
const validated = (right: number) => ({
  labels: new Int32Array(8),
  classes: ["x", "y"],
  probabilities: Float32Array.from({length: 16}, (_, at) => (Number(at >> 1 < right) === at % 2 ? 0.25 : 0.75))
});
const start = {initialisation: "imagenet" as const};

test("published is of each small network the run from ImageNet on all images that is best on validation", async () => {
  const study = toyStudy({}, [
    {id: "a", model: "small", ...start},
    {id: "b", model: "small", ...start, seed: 2},
    {id: "random", model: "small"},
    {id: "part", model: "small", ...start, fraction: 0.5},
    {id: "elsewhere", model: "small", ...start, seed: 3},
    {id: "large", model: "huge", ...start},
    {id: "c", model: "other", ...start}
  ]);
  const trained = (id: string, right: number, parameters = 5e6) => ({
    [`training/${id}`]: {parameters, weights: {}},
    [`validation-predictions/${id}`]: validated(right)
  });
  const results = {
    ...{...trained("a", 4), ...trained("b", 6), ...trained("random", 8), ...trained("part", 8)},
    ...{"validation-predictions/elsewhere": validated(8), ...trained("large", 8, 5e6 + 1), ...trained("c", 1)}
  };
  const pipeline = having(results);
  assert.deepEqual(
    (await bestSmallRuns(study, pipeline)).map(({id}) => id),
    ["b", "c"]
  );
  assert.deepEqual(pipeline.released, ["training/a", "training/b", "training/large", "training/c"]);
  await assert.rejects(bestSmallRuns(study, having({})), /no small network that was trained from ImageNet/);
  const [{id}, ...rest] = publishedNetwork(study, study.runs[0]);
  assert.deepEqual([id, rest.length], ["weights/a/1", 11]);
  assert.deepEqual(
    rest.slice(-4).map(({id}) => id),
    ["weight-rounding/a", "outlier-detector/a", "outlier-calibration/a/nih", "outlier-calibration/a/cohen-others"]
  );
});

const study = toyStudy();
const args = {study, run: study.runs[0]};

test("a temperature is fitted to the validation images of the training that the weights are from", async () => {
  const validation = validated(6);
  const pipeline = having({"validation-predictions/toy-1": validation});
  const expected = fitTemperature(validation.probabilities, validation.labels);
  assert.equal(await temperatureOf(args, {key: "key"}, pipeline), expected);
  await assert.rejects(
    temperatureOf(args, {key: "another"}, pipeline),
    /validation-predictions\/toy-1 belongs to another training \(key\) than the weights that it is used with \(another\)/
  );
});

test("weights come from the store, exact, or else from all of the published parts, rounded", async () => {
  const exact = brighterThan(0.3, 0.1);
  const parts = weightParts(args).map((node, i) => {
    const value = weights({...args, part: i + 1}).run({training: {weights: exact}}, context());
    return [node.id, value] as const;
  });
  assert.deepEqual(
    parts.map(([id]) => id),
    [1, 2, 3, 4, 5, 6, 7, 8].map((part) => `weights/toy-1/${part}`)
  );
  const published = parts.map(([id]) => id);
  const all = {"training/toy-1": {weights: exact}, ...Object.fromEntries(parts)};
  const stored = await trainedWeights(args, having(all, {published}));
  assert.deepEqual([stored.source, stored.key], ["store", "key"]);
  assert.deepEqual(Object.fromEntries(stored.weights), exact);
  const there = having(Object.fromEntries(parts), {published, training: "theirs"});
  const rounded = await trainedWeights(args, there);
  assert.deepEqual([rounded.source, rounded.key], ["published", "theirs"]);
  const [value] = rounded.weights.get("logits/kernel")!.data.subarray(1);
  assert.ok(value !== exact["logits/kernel"].data[1] && Math.abs(value - 0.1) < 1e-4, `${value}`);
  assert.ok(await hasPublishedWeights(args, there));
});

test("where a part is missing there are no weights, and it is said what to do", async () => {
  const some = having({"weights/toy-1/1": {}}, {published: ["weights/toy-1/1"]});
  assert.equal(await hasPublishedWeights(args, some), false);
  await assert.rejects(trainedWeights(args, some), {
    name: "UserError",
    message:
      /no trained weights of toy-1: none in the store and none published\.\n.*Train it: npm run study -- --only training\/toy-1/
  });
  const gone = {study, run: {...args.run, id: "gone"}};
  await assert.rejects(
    trainedWeights(gone, having({})),
    /none published \(no weights\)\.\n.*Get them\.\n.*--only training\/gone/
  );
});

test("what belongs to another training is refused", () => {
  const result = {provenance: {id: "x", inputs: {training: "0123456789"}}} as unknown as Result<unknown>;
  requireTraining("0123456789", result);
  assert.throws(
    () => requireTraining("abcdefghij", result),
    /x belongs to another training \(01234567\) .* \(abcdefgh\)/
  );
});

test("a dataset's stages read the split, the size and the division that they are asked for", async () => {
  const dataset = {name: "phantom" as const, train: 4, test: 1, seed: 3};
  const {train, test} = await openDataset(dataset);
  const phantoms = {...study, dataset, validation: {fraction: 0.5, seed: 1, groupByPatient: false}};
  const read = (name: "train" | "test", size: number) => {
    const node = pixels({study: {dataset: {...dataset, train: 1}}, split: name, size});
    return node.run({}, context()) as Promise<Pixels>;
  };
  const found = await read("test", 32);
  assert.deepEqual([found.size, [...found.labels]], [32, test.map(({label}) => label)]);
  assert.deepEqual(found.data.subarray(1024, 2048), Uint8Array.from((await decodeGrey(test[1], 32)).pixels));
  const labels = Int32Array.from(train, ({label}) => label);
  const divided = await split({study: phantoms}).run(
    {
      inventory: {
        title: "phantoms",
        classes: ["a", "b", "c", "d"],
        splits: {train: {labels, patients: labels, families: labels}}
      }
    },
    context()
  );
  assert.deepEqual([divided.train.length, divided.validation.length], [8, 8]);
  assert.deepEqual(
    [...divided.train, ...divided.validation].sort((a, b) => a - b),
    [...labels.keys()]
  );
  const digests = await Promise.all(
    [inventory({study: phantoms}), pixels({study: phantoms, split: "test", size: 32})].map(({external}) => external!())
  );
  assert.equal(digests[0], digests[1]);
  const node = (size: number) => identityOf(pixels({study: phantoms, split: "test", size}));
  assert.notEqual(node(32), node(64));
});

test("a study's nodes hold every run, ensembles of two at least, and comparisons of each run with its twin", () => {
  const runs: Partial<Run>[] = [
    {id: "p", model: "xception", ...start},
    {id: "s", model: "xception"},
    {id: "q", model: "mobilenetv2_0.35", ...start}
  ];
  const of = (members: string[]) => {
    const study = toyStudy({}, runs);
    study.analyses.ensemble = {members};
    return nodes(study).map(({id}) => id);
  };
  const ids = of(["p", "q"]);
  for (const run of ["p", "s", "q"])
    for (const stage of [
      "history",
      "predictions",
      "validation-predictions",
      "evaluation",
      "attention-evaluation",
      "feature-change"
    ])
      assert.ok(ids.includes(`${stage}/${run}`), `${stage}/${run}`);
  assert.deepEqual(
    ids.filter((id) => id.startsWith("comparison/")),
    ["comparison/predictions/p/predictions/s"]
  );
  assert.deepEqual(
    ids.filter((id) => id.startsWith("class-comparison/")),
    ["class-comparison/predictions/p/predictions/s"]
  );
  assert.deepEqual(
    ids.filter((id) => /^(agreement|feature-agreement)/.test(id)),
    ["agreement/p/s", "agreement/p/q", "agreement/s/q", "feature-agreement/p/s"]
  );
  assert.deepEqual(
    ids.filter((id) => id.startsWith("probe")),
    ["probe-evaluation/xception", "probe-evaluation/mobilenetv2_0.35"]
  );
  const joined = (all: string[]) => all.filter((id) => id.startsWith("ensemble"));
  assert.deepEqual(
    joined(ids),
    ["average", "tuned", "greedy", "on-test"].map((way) => `ensemble-evaluation/${way}`)
  );
  assert.deepEqual(joined(of(["p"])), []);
  const abroad = ids.filter((id) => id.startsWith("external-") && id.includes("nih"));
  assert.deepEqual(abroad, [
    ...["p", "s", "q"].map((run) => `external-predictions/nih/${run}`),
    ...["p", "s", "q", "ensemble"].map((run) => `external-evaluation/nih/${run}`),
    "external-comparison/nih/p/s"
  ]);
});
