import assert from "node:assert/strict";
import {mkdtempSync} from "node:fs";
import {tmpdir} from "node:os";
import {join} from "node:path";
import {after, before, test} from "node:test";
import * as tf from "@tensorflow/tfjs";
import {useBackend} from "../../src/lib/engine/backend.js";
import type {Architecture} from "../../src/lib/models/architecture.js";
import type {Initialisation} from "../../src/lib/models/initialisation.js";
import {nameOf, needsImageNet} from "../../src/lib/models/initialisation.js";
import {heNormal} from "../../src/lib/models/initialise.js";
import type {Network} from "../../src/lib/models/network.js";
import {createNetwork} from "../../src/lib/models/network.js";
import {architecture} from "../../src/lib/models/registry.js";
import {writeSafetensors} from "../../src/lib/models/weights/safetensors.js";

const folder = mkdtempSync(join(tmpdir(), "initialisation-"));
const previous = process.env.WEIGHTS_DIR;
process.env.WEIGHTS_DIR = folder;
after(() => {
  if (previous === undefined) delete process.env.WEIGHTS_DIR;
  else process.env.WEIGHTS_DIR = previous;
});

/** Two convolutions, each with a batch norm. */
const tiny: Architecture = {
  ...architecture("mobilenetv2_0.35"),
  scheme: heNormal,
  body: (layers, images, mode) => {
    let x = images;
    for (const i of [1, 2]) {
      x = layers.conv(`conv${i}`, x, mode, {filters: 4, kernel: 3});
      x = layers.batchNorm(`conv${i}_bn`, x, mode, {epsilon: 1e-3, momentum: 0.9});
    }
    return x;
  },
  imagenet: {file: "tiny.safetensors", url: "https://example.org", format: "safetensors", digests: [], licence: "MIT"}
};

const options = {classes: 2, size: 8, dropout: 0};
const create = (initialisation: Initialisation, seed = 1) => createNetwork(tiny, {...options, initialisation, seed});

const valuesOf = ({variables}: Network) =>
  new Map([...variables].map(([name, variable]) => [name, Array.from(variable.dataSync())]));

async function startOf(initialisation: Initialisation, seed = 1) {
  const network = await create(initialisation, seed);
  const values = valuesOf(network);
  network.dispose();
  return values;
}

/** The body's weights whose values are the same in both. */
const shared = (a: Map<string, number[]>, b: Map<string, number[]>) =>
  [...a.keys()].filter((name) => !name.startsWith("head_") && String(a.get(name)) === String(b.get(name)));

before(async () => {
  await useBackend();
  const network = await create("random", 99);
  const weights = new Map([...(await network.save())].filter(([name]) => network.body.variables.has(name)));
  network.dispose();
  // Nothing is as at random, batch norms included.
  for (const {data} of weights.values()) data.forEach((value, i) => (data[i] = Math.abs(value) + 0.1 * (1 + (i % 3))));
  writeSafetensors(join(folder, "tiny.safetensors"), weights);
});

test("from ImageNet all of the body is the file's, at random nothing is, and the head is the same", async () => {
  const [imagenet, random] = [await startOf("imagenet"), await startOf("random")];
  assert.deepEqual(shared(imagenet, random), []);
  assert.deepEqual(await startOf("imagenet", 2).then((other) => shared(imagenet, other).length), 10);
  for (const [name, values] of random) if (name.startsWith("head_")) assert.deepEqual(values, imagenet.get(name));
});

test("transfusion takes the file's weights up to and including the layer, and random ones above", async () => {
  const [imagenet, random] = [await startOf("imagenet"), await startOf("random")];
  const some = await startOf({imagenetUpTo: "conv1_bn"});
  const lower = [
    "conv1/kernel",
    ...["gamma", "beta", "moving_mean", "moving_variance"].map((name) => `conv1_bn/${name}`)
  ];
  assert.deepEqual(shared(some, imagenet), lower);
  assert.deepEqual(
    shared(some, random),
    [...random.keys()].filter((name) => name.startsWith("conv2"))
  );
  assert.deepEqual(shared(await startOf({imagenetUpTo: "conv2_bn"}), imagenet).length, 10);
});

test("mean-var differs from both, follows the seed and has positive variances", async () => {
  const scaled = await startOf("mean-var");
  assert.deepEqual(shared(scaled, await startOf("imagenet")), []);
  assert.deepEqual(shared(scaled, await startOf("random")), []);
  assert.deepEqual(scaled, await startOf("mean-var"));
  assert.deepEqual(shared(scaled, await startOf("mean-var", 2)), []);
  assert.ok(scaled.get("conv1_bn/moving_variance")!.every((value) => value > 0));
});

test("a layer that does not exist is an error that lists near names, and leaves no tensors", async () => {
  const tensors = tf.memory().numTensors;
  await assert.rejects(create({imagenetUpTo: "conv2bn"}), {
    name: "UserError",
    message: /imagenetUpTo is "conv2bn", which is no layer[^]*Near names: conv2_bn, conv1_bn, conv2\./
  });
  assert.equal(tf.memory().numTensors, tensors);
});

test("the scheme of the architecture is what a random body uses", async () => {
  const own = await startOf("random");
  const network = await createNetwork({...tiny, scheme: undefined}, {...options, initialisation: "random", seed: 1});
  const other = valuesOf(network);
  network.dispose();
  assert.notDeepEqual(own.get("conv1/kernel"), other.get("conv1/kernel"));
});

test("all but the random initialisation need weights, and each has a name of its own", () => {
  const all: Initialisation[] = ["imagenet", "random", "mean-var", {imagenetUpTo: "a"}, {imagenetUpTo: "b"}];
  assert.deepEqual(all.map(needsImageNet), [true, false, true, true, true]);
  assert.equal(new Set(all.map(nameOf)).size, all.length);
});
