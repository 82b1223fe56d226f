import assert from "node:assert/strict";
import {mkdtempSync} from "node:fs";
import {tmpdir} from "node:os";
import {join} from "node:path";
import {after, before, test} from "node:test";
import {useBackend} from "../../../src/lib/engine/backend.js";
import {argmax} from "../../../src/lib/measures/predictions.js";
import {writeSafetensors} from "../../../src/lib/models/weights/safetensors.js";
import {fitProbe} from "../../../src/report/results/fit-probe.js";
import {filters, profile} from "../../../src/report/networks/profile.js";
import {probe, probedModels, probeEvaluation} from "../../../src/report/results/probe.js";
import {brighterThan, context, near, plain, toy, toyStudy} from "../toy.js";

const {WEIGHTS_DIR} = process.env;
const folder = mkdtempSync(join(tmpdir(), "probe-"));
const kernel = brighterThan(0.5)["conv/kernel"];
before(async () => {
  await useBackend();
  process.env.WEIGHTS_DIR = folder;
  writeSafetensors(join(folder, "toy.safetensors"), new Map([["conv/kernel", kernel]]));
  toy.imagenet = {
    file: "toy.safetensors",
    url: "http://localhost/",
    format: "safetensors",
    digests: [],
    licence: "MIT"
  };
});
after(() => {
  toy.imagenet = undefined;
  if (WEIGHTS_DIR === undefined) delete process.env.WEIGHTS_DIR;
  else process.env.WEIGHTS_DIR = WEIGHTS_DIR;
});

/** Features of one column that tell the classes apart, and their labels. */
const samples = (...values: number[]) => ({
  features: Float32Array.from(values),
  labels: Int32Array.from(values, (value) => Number(value > 0))
});
const options = {columns: 1, classes: 2, penalties: [1e-3, 1e5]};

test("the penalty is the one with which the probe is best on validation, whatever the test images", async () => {
  const train = samples(-1, -1, -1, 1);
  const learned = await fitProbe({train, validation: samples(-1, 1, 1), test: Float32Array.of(-1, 1)}, options);
  assert.equal(learned.l2, 1e-3);
  assert.deepEqual([...argmax(learned.probabilities, 2)], [0, 1]);
  // On validation all are of the first class, so that nothing but its share is to be known.
  const validation = {...samples(-1, 1, 1), labels: new Int32Array(3)};
  const refused = await fitProbe({train, validation, test: Float32Array.of(-1, 1)}, options);
  assert.equal(refused.l2, 1e5);
  assert.deepEqual([...argmax(refused.probabilities, 2)], [0, 0]);
  assert.deepEqual(
    refused.tried.map(({l2, weightedF1}) => [l2, weightedF1]),
    [
      [1e-3, 0.5],
      [1e5, 1]
    ]
  );
  const equal = await fitProbe({train, validation: samples(-1, -1), test: Float32Array.of(1)}, options);
  assert.equal(equal.l2, 1e-3, "the first of equals");
});

test("a probe learns from the features of the training images and predicts the test images", async () => {
  const study = toyStudy();
  const list = plain([20, 230, 40, 210, 30, 220, 25, 215], {labels: [0, 1, 0, 1, 1, 0, 0, 1]});
  const inputs = {
    train: list,
    test: plain([200, 10, 240], {labels: [1, 0, 0], rows: [4, 2, 9]}),
    split: {train: Int32Array.of(0, 1, 2, 3, 6, 7), validation: Int32Array.of(4, 5)},
    inventory: {classes: ["dark", "bright"]}
  };
  const counts: number[] = [];
  const progress = ({done, total}: {done: number; total?: number}) => void counts.push(done, total!);
  const node = probe({study, model: "toy"});
  const found = await node.run(inputs, context({progress}));
  assert.deepEqual(
    [found.rows, found.labels, found.classes],
    [inputs.test.rows, inputs.test.labels, ["dark", "bright"]]
  );
  assert.deepEqual([...argmax(found.probabilities, 2)], [1, 0, 1], "as in training, and not as in the images held out");
  assert.ok(
    found.tried.every(({accuracy}) => accuracy === 0),
    "scored on those that are held out"
  );
  assert.deepEqual([counts.at(-2), counts.at(-1)], [11, 11]);
  assert.match(String(node.external!()), /^[0-9a-f]{64}$/);
  const evaluated = await probeEvaluation({study, model: "toy"}).run({predictions: found}, context());
  assert.deepEqual([evaluated.overall.accuracy.k, evaluated.validation], [2, null]);
});

test("networks that start from ImageNet are probed, each once", () => {
  const {runs} = toyStudy({}, [
    {model: "a", initialisation: "imagenet"},
    {model: "a", initialisation: "imagenet", seed: 2},
    {model: "b"},
    {model: "c", initialisation: "imagenet"},
    {model: "d", initialisation: "mean-var"}
  ]);
  assert.deepEqual(probedModels({...toyStudy(), runs}), ["a", "c"]);
});

test("first filters are those before the first step, by start and seed, and those of the epoch that was kept", async () => {
  const trained = {"conv/kernel": {...kernel, data: Float32Array.of(7, 8, 9)}};
  const found = async (run: object) => {
    const study = toyStudy({}, [run]);
    return filters({study, run: study.runs[0]}).run({training: {weights: trained}}, context());
  };
  const {layer, shape, before, after} = await found({initialisation: "imagenet"});
  assert.deepEqual([layer, shape, [...before], [...after]], ["conv", [1, 1, 3, 1], [1, 0, 0], [7, 8, 9]]);
  const [one, other] = [await found({seed: 1}), await found({seed: 2})];
  assert.notDeepEqual(one.before, other.before);
  assert.deepEqual((await found({seed: 1})).before, one.before);
});

test("a network's cost is counted with the study's classes, and its features are the channels of its last map", async () => {
  const {features, size, classes, body, head} = await profile({model: "toy"}).run({}, context());
  assert.deepEqual([features, size, classes], [1, 224, 4]);
  assert.deepEqual([body.parameters, head.parameters], [3, 4 + 4]);
  near([body.macs], [3 * 224 ** 2]);
});
