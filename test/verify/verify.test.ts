import assert from "node:assert/strict";
import {copyFileSync, existsSync, mkdirSync, mkdtempSync, readFileSync, writeFileSync} from "node:fs";
import {tmpdir} from "node:os";
import {join} from "node:path";
import {before, test} from "node:test";
import * as tf from "@tensorflow/tfjs";
import {useBackend} from "../../src/lib/engine/backend.js";
import {inference, Layers} from "../../src/lib/models/layers.js";
import type {Reference} from "../../src/lib/models/reference.js";
import {referenceInput, ruleWeights} from "../../src/lib/models/reference.js";
import {architecture} from "../../src/lib/models/registry.js";
import {mulberry32} from "../../src/lib/measures/random.js";
import type {Finding} from "../../src/lib/verify/verify.js";
import {verify} from "../../src/lib/verify/verify.js";

before(async () => void (await useBackend()));

/** Checks a folder that holds these files. */
async function findings(files: Record<string, string | Uint8Array>): Promise<Finding[]> {
  const folder = mkdtempSync(join(tmpdir(), "verify-"));
  for (const [file, content] of Object.entries(files)) {
    mkdirSync(join(folder, file, ".."), {recursive: true});
    writeFileSync(join(folder, file), content);
  }
  return check(folder);
}

async function check(folder: string): Promise<Finding[]> {
  const found: Finding[] = [];
  for await (const finding of verify(folder, {tolerance: 1e-3})) found.push(finding);
  return found;
}

const states = (found: Finding[]) => found.map(({file, state}) => [file, state]);

/** What a network gives for a small image of the references' rule. */
function activationsOf(id: string): Reference {
  const input: Reference["input"] = {shape: [1, 32, 32, 3], seed: 7};
  const layers = new Layers(ruleWeights);
  const reference = tf.tidy(() => {
    const features = architecture(id).body(layers, referenceInput(input), inference);
    const pooled = tf.mean(features, [1, 2]);
    return {last: summarise(features), pooled: summarise(pooled)};
  });
  layers.dispose();
  return {
    model: id,
    made_by: "this test",
    input,
    activations: {[architecture(id).featureLayer]: reference.last},
    global_average_pool: reference.pooled
  };
}

function summarise(tensor: tf.Tensor) {
  const {mean, variance} = tf.moments(tensor);
  const [values, l2] = [Array.from(tensor.dataSync()), tf.norm(tensor).dataSync()[0]];
  const std = Math.sqrt(variance.dataSync()[0]);
  const [first, last] = [values.slice(0, 8), values.slice(-8)];
  return {shape: tensor.shape, mean: mean.dataSync()[0], std, l2, first, last};
}

test("right and wrong activations, a missing layer and a network that is not there are told apart", async () => {
  const right = activationsOf("mobilenetv2_0.35");
  const {out_relu: last} = right.activations;
  const wrong = {...right, activations: {out_relu: {...last, mean: last.mean + last.std}}};
  const missing = {...right, activations: {another: last}};
  const found = await findings({
    "a.json": JSON.stringify(right),
    "deep/b.json": JSON.stringify(wrong),
    "deep/c.json": JSON.stringify(missing),
    "d.json": JSON.stringify({...right, model: "vgg16"})
  });
  assert.deepEqual(states(found), [
    ["a.json", "ok"],
    ["d.json", "not checked"],
    [join("deep", "b.json"), "FAIL"],
    [join("deep", "c.json"), "FAIL"]
  ]);
  const [a, d, b, c] = found;
  assert.ok(a.error! < 1e-3 && a.seconds > 0);
  assert.ok(b.error! > 0.1 && b.error! > b.tolerance!);
  assert.match(b.detail, /out_relu/);
  assert.match(c.detail, /no layer another/);
  assert.match(d.detail, /no network vgg16/);
});

async function withoutWeights(f: () => Promise<void>): Promise<void> {
  const previous = process.env.WEIGHTS_DIR;
  process.env.WEIGHTS_DIR = mkdtempSync(join(tmpdir(), "no-weights-"));
  try {
    await f();
  } finally {
    if (previous === undefined) delete process.env.WEIGHTS_DIR;
    else process.env.WEIGHTS_DIR = previous;
  }
}

test("a reference that needs an absent weight file is not checked, and the file is named", () =>
  withoutWeights(async () => {
    const reference = {...activationsOf("mobilenetv2_0.35"), made_by: "keras, published weights"};
    const [found] = await findings({"a.json": JSON.stringify(reference)});
    assert.equal(found.state, "not checked");
    assert.match(found.detail, /mobilenet_v2_weights/);
  }));

const camReference = {
  model: "efficientnet_lite0",
  input: {shape: [1, 64, 64, 3], seed: 1},
  cams: {"head@0": {cam: [[1]]}}
};

test("Grad-CAM maps of an absent network or weight file are not checked, and of a broken file fail", async () => {
  await withoutWeights(async () => {
    const found = await findings({
      "a.json": JSON.stringify(camReference),
      "b.json": JSON.stringify({...camReference, model: "vgg16"}),
      "c.json": JSON.stringify({...camReference, input: {}})
    });
    assert.deepEqual(states(found), [
      ["a.json", "not checked"],
      ["b.json", "not checked"],
      ["c.json", "FAIL"]
    ]);
    assert.match(found[0].detail, /tf_efficientnet_lite0/);
    assert.match(found[1].detail, /no network vgg16/);
    assert.match(found[2].detail, /shape/);
  });
});

test("files that cannot be read fail, known and unknown ones are named", async () => {
  const found = await findings({
    "broken.json": "{",
    "incomplete.json": JSON.stringify({model: "mobilenetv2_0.35", activations: {}}),
    "list.json": "[1, 2]",
    "notes.txt": "hello",
    "published.json": "{}",
    "study_2020_procedure.json": "{}"
  });
  assert.deepEqual(states(found), [
    ["broken.json", "FAIL"],
    ["incomplete.json", "FAIL"],
    ["list.json", "unknown"],
    ["notes.txt", "unknown"],
    ["published.json", "not checked"],
    ["study_2020_procedure.json", "not checked"]
  ]);
  assert.match(found[1].detail, /global_average_pool/);
  await assert.rejects(() => check("/nonexistent"), /no folder \/nonexistent/);
  await assert.rejects(() => findings({}), /is empty/);
});

const labels = [0, 0, 1, 1];
/** The 97.5% quantile of the normal distribution, squared, and half the width of Wilson's interval of 1 out of 2. */
const z2 = 1.959963984540054 ** 2;
const half = Math.sqrt(z2 / 8 + z2 ** 2 / 16) / (1 + z2 / 2);
/** Of a classifier that is sure and right but for the last row. */
const perfect = {
  confusion_matrix: [
    [2, 0],
    [1, 1]
  ],
  precision: [2 / 3, 1],
  recall: [1, 0.5],
  f1: [0.8, 2 / 3],
  support: [2, 2],
  accuracy: 0.75,
  balanced_accuracy: 0.75,
  macro_f1: (0.8 + 2 / 3) / 2,
  weighted_f1: (0.8 + 2 / 3) / 2,
  cohen_kappa: 0.5,
  matthews_corrcoef: Math.sqrt(1 / 3),
  log_loss: -(3 * Math.log(0.8) + Math.log(0.2)) / 4,
  roc_auc_ovr: [0.75, 0.75],
  average_precision: [2 / 3, 0.75],
  brier_multiclass: (3 * 0.08 + 1.28) / 4,
  expected_calibration_error_15_equal_width: 0.05,
  recall_wilson_95: [
    [2 / (2 + z2), 1],
    [0.5 - half, 0.5 + half]
  ],
  recall_clopper_pearson_95: [
    [0.025 ** 0.5, 1],
    [1 - 0.975 ** 0.5, 0.975 ** 0.5]
  ]
};
const rows = [
  [0.8, 0.2],
  [0.8, 0.2],
  [0.2, 0.8],
  [0.8, 0.2]
];
const sides = {probabilities_a: rows, probabilities_b: rows, a: perfect, b: perfect};
const metrics = {
  labels,
  ...sides,
  mcnemar_exact: {
    table: [
      [3, 0],
      [0, 1]
    ],
    p: 1
  }
};

test("metrics that one computes by hand pass, a wrong or a missing one is named", async () => {
  const moved = {...metrics, b: {...perfect, macro_f1: perfect.macro_f1 + 1e-6}};
  const cut = {...metrics, a: {...perfect, log_loss: undefined}};
  const found = await findings({
    "a.json": JSON.stringify(metrics),
    "b.json": JSON.stringify(moved),
    "c.json": JSON.stringify(cut)
  });
  assert.deepEqual(found[0].detail.replace(/:.*/, ""), "largest of 71 values");
  assert.ok(found[0].error! < 1e-9, `${found[0].detail} is off by ${found[0].error}`);
  assert.deepEqual(states(found), [
    ["a.json", "ok"],
    ["b.json", "FAIL"],
    ["c.json", "FAIL"]
  ]);
  assert.match(found[1].detail, /b\.macro_f1$/);
  assert.match(found[2].detail, /log_loss/);
});

/** A float32 matrix as NumPy writes it. */
function npy(n: number, m: number, values: Float32Array): Uint8Array {
  const header = `{'descr': '<f4', 'fortran_order': False, 'shape': (${n}, ${m}), }`.padEnd(117) + "\n";
  const start = Buffer.from("\x93NUMPY\x01\x00", "latin1");
  return Buffer.concat([start, Buffer.of(header.length, 0), Buffer.from(header), Buffer.from(values.buffer)]);
}

test("a map fails only where its divergence is higher than the best that others reach", async () => {
  const u = mulberry32(1);
  const matrix = npy(
    160,
    4,
    Float32Array.from({length: 640}, () => u())
  );
  const reference = (kl_exact: number) =>
    JSON.stringify({
      features: "matrix.npy (float32)",
      labels: Array.from({length: 160}, () => 0),
      runs: [{by: "hand", seed: 0, kl_exact, trustworthiness_10: 0.9, knn10_class_purity: 0.8, seconds: 1}]
    });
  const found = await findings({
    "easy.json": reference(10),
    "hard.json": reference(0.01),
    "lost.json": reference(1).replace("matrix.npy", "lost.npy"),
    "matrix.npy": matrix
  });
  assert.deepEqual(states(found), [
    ["easy.json", "ok"],
    ["hard.json", "FAIL"],
    ["lost.json", "FAIL"],
    ["matrix.npy", "not checked"]
  ]);
  assert.equal(found[0].error, 0);
  assert.match(found[2].detail, /lost\.npy/);
});

const folder = process.env.REFERENCE_DIR;
const skip = !folder || !existsSync(folder) ? "set REFERENCE_DIR to the folder of references" : false;

test("scikit-learn's metrics are ours", async () => {
  const oracle = readFileSync(new URL("../fixtures/oracles/classification.json", import.meta.url), "utf8");
  assert.deepEqual(states(await findings({"metrics.json": oracle})), [["metrics.json", "ok"]]);
  const wrong = oracle.replace(/"accuracy": 0\.\d+/, '"accuracy": 0.5');
  assert.deepEqual(states(await findings({"metrics.json": wrong})), [["metrics.json", "FAIL"]]);
});

test(
  "PyTorch's Grad-CAM maps are ours",
  {skip: skip || !process.env.WEIGHTS_DIR ? "set REFERENCE_DIR and WEIGHTS_DIR" : false},
  async () => {
    assert.deepEqual(await stateOf("gradcam.json"), "ok");
  }
);

/** Of one file of the folder of references. */
async function stateOf(file: string): Promise<Finding["state"]> {
  const alone = mkdtempSync(join(tmpdir(), "verify-"));
  copyFileSync(join(folder!, file), join(alone, file));
  const [{state}] = await check(alone);
  return state;
}
