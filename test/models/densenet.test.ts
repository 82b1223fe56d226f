import assert from "node:assert/strict";
import {join} from "node:path";
import {before, test} from "node:test";
import * as tf from "@tensorflow/tfjs";
import h5wasm from "h5wasm/node";
import {useBackend} from "../../src/lib/engine/backend.js";
import {denseNet121} from "../../src/lib/models/densenet.js";
import {readKerasFile} from "../../src/lib/models/weights/keras-file.js";
import {loadWeights} from "../../src/lib/models/weights/load.js";
import {inference, Layers} from "../../src/lib/models/layers.js";
import {temporaryFolder} from "../dataset/fixtures.js";
import {countTrainable, featureShape, zeros} from "./counts.js";

before(async () => void (await useBackend()));

test("DenseNet-121 has the study's number of parameters", () => {
  assert.deepEqual(countTrainable(denseNet121), {body: 6_953_856, all: 8_010_116});
});

test("features of any image are a thirty-second of its size", () => {
  assert.deepEqual(featureShape(denseNet121, 64, 96), [1, 2, 3, 1024]);
  assert.deepEqual(featureShape(denseNet121, 101, 75), [1, 3, 2, 1024]);
});

/** Writes weights as Keras 2.1 does: a group per layer, in it datasets by the full names of their tensors. */
async function writeKeras(path: string, variables: Map<string, tf.Variable>, rename: (layer: string) => string) {
  await h5wasm.ready;
  const file = new h5wasm.File(path, "w");
  const layers = [...new Set([...variables.keys()].map((name) => name.split("/")[0]))];
  file.create_attribute("layer_names", layers.map(rename));
  for (const layer of layers) {
    const named = [...variables].filter(([name]) => name.startsWith(`${layer}/`));
    const names = named.map(([name]) => `${rename(layer)}/${name.split("/")[1]}:0`);
    const group = makeGroup(file, rename(layer));
    group.create_attribute("weight_names", names);
    const inner = makeGroup(group, rename(layer));
    named.forEach(([name, variable]) =>
      inner.create_dataset({
        name: `${name.split("/")[1]}:0`,
        data: variable.dataSync() as Float32Array,
        shape: variable.shape
      })
    );
  }
  file.close();
}

type Group = InstanceType<typeof h5wasm.Group>;

/** Like `h5py`, makes the groups on the way. */
const makeGroup = (parent: Group | InstanceType<typeof h5wasm.File>, path: string): Group =>
  path
    .split("/")
    .reduce<Group>((group, part) => (group.get(part) ?? group.create_group(part)) as Group, parent as Group);

test("a file of the published layout, whose stem has older names in nested groups, loads whole", async () => {
  const [original, copy] = [1, 0].map((value) => {
    const layers = new Layers((_, shape) => tf.fill(shape, value));
    tf.tidy(() => denseNet121.body(layers, tf.zeros([1, 32, 32, 3]), inference));
    return layers;
  });
  const path = join(temporaryFolder(), denseNet121.imagenet!.file);
  await writeKeras(path, original.variables, (layer) => layer.replace(/^conv1_(?=conv|bn)/, "conv1/"));
  const published = await readKerasFile(path);
  assert.ok(published.has("conv1/conv/kernel") && !published.has("conv1_conv/kernel"));
  loadWeights(copy.variables, denseNet121.imagenet!.convert!(published), path);
  for (const [name, variable] of copy.variables) {
    assert.ok(
      (variable.dataSync() as Float32Array).every((value) => value === 1),
      name
    );
  }
  original.dispose();
  copy.dispose();
});

test("every dense layer adds 32 channels, and transitions halve them", () => {
  const channels = new Map<string, number>();
  const layers = new Layers(zeros);
  const tap = (layer: string, output: tf.Tensor) => (channels.set(layer, output.shape.at(-1)!), output);
  tf.tidy(() => denseNet121.body(layers, tf.zeros([1, 32, 32, 3]), {...inference, tap}));
  layers.dispose();
  const of = (...names: string[]) => names.map((name) => channels.get(name));
  assert.deepEqual(of("conv2_block1_concat", "conv2_block6_concat", "pool2_pool"), [96, 256, 128]);
  assert.deepEqual(of("conv3_block12_concat", "pool3_pool", "conv4_block24_concat"), [512, 256, 1024]);
  assert.deepEqual(of("pool4_pool", "conv5_block16_concat", "relu"), [512, 1024, 1024]);
});
