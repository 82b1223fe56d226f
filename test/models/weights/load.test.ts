import assert from "node:assert/strict";
import {createHash} from "node:crypto";
import {existsSync, mkdirSync, mkdtempSync, readFileSync, writeFileSync} from "node:fs";
import {tmpdir} from "node:os";
import {join} from "node:path";
import {after, before, test} from "node:test";
import * as tf from "@tensorflow/tfjs";
import {useBackend} from "../../../src/lib/engine/backend.js";
import type {Architecture, NamedWeights} from "../../../src/lib/models/architecture.js";
import {createNetwork} from "../../../src/lib/models/network.js";
import {architecture} from "../../../src/lib/models/registry.js";
import {loadWeights} from "../../../src/lib/models/weights/load.js";
import {locateWeights} from "../../../src/lib/models/weights/locate.js";
import {writeSafetensors} from "../../../src/lib/models/weights/safetensors.js";

const folder = mkdtempSync(join(tmpdir(), "weights-"));
const genuine = process.env.WEIGHTS_DIR;
process.env.WEIGHTS_DIR = folder;
after(() => {
  if (genuine === undefined) delete process.env.WEIGHTS_DIR;
  else process.env.WEIGHTS_DIR = genuine;
});
before(async () => void (await useBackend()));

const tensor = (shape: number[], value = 1) => ({
  shape,
  data: new Float32Array(shape.reduce((a, b) => a * b, 1)).fill(value)
});

/**
 * A network of one convolution and a batch norm whose published file is `file`, of any digest unless some are given.
 */
const published = (file: string, digests: string[] = []): Architecture => ({
  ...architecture("mobilenetv2_0.35"),
  id: "tiny",
  body: (layers, images, mode) =>
    layers.batchNorm("norm", layers.conv("conv2d_3", images, mode, {filters: 2, kernel: 1}), mode, {
      epsilon: 1e-3,
      momentum: 0.9
    }),
  imagenet: {file, url: "https://example.org/weights", format: "safetensors", digests, licence: "MIT"}
});
const complete = (): NamedWeights =>
  new Map([
    ["conv2d_3/kernel", tensor([1, 1, 3, 2], 2)],
    ...["gamma", "beta", "moving_mean", "moving_variance"].map(
      (name, i) => [`norm/${name}`, tensor([2], 3 + i)] as const
    )
  ]);

let files = 0;
function fileOf(weights: NamedWeights, float16 = false): string {
  const file = `${++files}.safetensors`;
  writeSafetensors(join(folder, file), weights, {float16});
  return file;
}

const options = {classes: 2, size: 8, dropout: 0, initialisation: "imagenet", seed: 1} as const;

/** The values of the body that a file gives. */
async function bodyOf(file: string): Promise<Record<string, number[]>> {
  const network = await createNetwork(published(file), options);
  const values = [...network.body.variables].map(
    ([name, variable]) => [name, Array.from(variable.dataSync())] as const
  );
  network.dispose();
  return Object.fromEntries(values);
}

/** Such a file is refused, and the network made for it is freed. */
async function refuses(file: string, message: RegExp): Promise<void> {
  const tensors = tf.memory().numTensors;
  await assert.rejects(createNetwork(published(file), options), {name: "UserError", message});
  assert.equal(tf.memory().numTensors, tensors);
}

test("a file of another digest is refused with both digests and what to do", () => {
  writeFileSync(join(folder, "w.h5"), "truncated");
  assert.throws(
    () => locateWeights(published("w.h5", ["sha256:00", "md5:11"])),
    /damaged or another file: its SHA-256 is [0-9a-f]{64}, expected sha256:00 or md5:11[^]*download it again from https:\/\/example/
  );
  const md5 = createHash("md5").update("truncated").digest("hex");
  assert.equal(locateWeights(published("w.h5", ["sha256:00", `md5:${md5}`])).path, join(folder, "w.h5"));
});

test("an absent file names its publisher; of a network without one, nobody is named; a folder in its place is", () => {
  mkdirSync(join(folder, "folder.h5"));
  assert.throws(() => locateWeights(published("folder.h5")), {
    name: "UserError",
    message: /folder\.h5 is a folder where a file should be/
  });
  assert.throws(
    () => locateWeights(published("absent.h5")),
    /absent\.h5 are not in [^]*Download them from https:\/\/example/
  );
  assert.throws(() => locateWeights({...published(""), imagenet: undefined}), /Nobody publishes/);
});

test("a body loads from its file, with or without a top, and in float16", async () => {
  const expected = {
    "conv2d_3/kernel": [2, 2, 2, 2, 2, 2],
    "norm/gamma": [3, 3],
    "norm/beta": [4, 4],
    "norm/moving_mean": [5, 5],
    "norm/moving_variance": [6, 6]
  };
  assert.deepEqual(await bodyOf(fileOf(complete())), expected);
  assert.deepEqual(await bodyOf(fileOf(complete(), true)), expected);
  const top: NamedWeights = new Map([
    ["predictions/kernel", tensor([2, 1000])],
    ["predictions/bias", tensor([1000])]
  ]);
  assert.deepEqual(await bodyOf(fileOf(new Map([...complete(), ...top]))), expected);
});

test("a layer that Keras left unnamed is found under whatever number the file gives it", async () => {
  const {shape, data} = complete().get("conv2d_3/kernel")!;
  const weights = new Map([...complete()].slice(1)).set("conv2d_97/kernel", {shape, data});
  assert.deepEqual((await bodyOf(fileOf(weights)))["conv2d_3/kernel"], Array.from(data));
});

test("a missing, a surplus and a misshapen tensor are refused, and nothing is left behind", async () => {
  const missing = complete();
  missing.delete("norm/beta");
  await refuses(fileOf(missing), /do not fit the network: 1 missing \(norm\/beta\)/);
  await refuses(fileOf(complete().set("extra/kernel", tensor([1, 1, 2, 2]))), /1 unknown \(extra\/kernel\)/);
  await refuses(fileOf(complete().set("norm/beta", tensor([3]))), /norm\/beta is \[3\], expected \[2\]/);
});

test("a file that is cut short is refused, and nothing is left behind", async () => {
  const file = fileOf(complete());
  const bytes = readFileSync(join(folder, file));
  writeFileSync(join(folder, file), bytes.subarray(0, bytes.length - 4));
  await refuses(file, /is not a valid \.safetensors file: [^]*cut short/);
});

test("missing, unknown and misshapen weights are all named, and nothing is loaded", () => {
  const variable = tf.variable(tf.zeros([2]));
  const variables = new Map([
    ["a/bias", variable],
    ["b/bias", tf.variable(tf.zeros([1]))]
  ]);
  const wrong: NamedWeights = new Map([
    ["a/bias", tensor([3])],
    ["c/bias", tensor([1])]
  ]);
  assert.throws(
    () => loadWeights(variables, wrong, "the file"),
    /the file do not fit the network: 1 missing \(b\/bias\); 1 unknown \(c\/bias\); a\/bias is \[3\], expected \[2\]/
  );
  assert.deepEqual(Array.from(variable.dataSync()), [0, 0]);
  const right: NamedWeights = new Map([
    ["a/bias", tensor([2], 7)],
    ["b/bias", tensor([1])]
  ]);
  loadWeights(variables, right, "the file");
  assert.deepEqual(Array.from(variable.dataSync()), [7, 7]);
  for (const made of variables.values()) made.dispose();
});

for (const id of ["mobilenetv2_0.35", "efficientnet_lite0"]) {
  const {file} = architecture(id).imagenet!;
  const here = genuine !== undefined && existsSync(join(genuine, file));
  test(`${id}: the genuine file loads`, {skip: here ? false : "WEIGHTS_DIR does not hold it"}, async () => {
    process.env.WEIGHTS_DIR = genuine;
    try {
      const network = await createNetwork(architecture(id), {...options, size: 32});
      const moved = [...network.body.variables].filter(([name]) => /moving_(mean|variance)$/.test(name));
      const untrained = (value: number) => value === 0 || value === 1;
      assert.ok(moved.every(([, variable]) => !variable.dataSync().every(untrained)));
      network.dispose();
    } finally {
      process.env.WEIGHTS_DIR = folder;
    }
  });
}
