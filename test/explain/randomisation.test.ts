import assert from "node:assert/strict";
import {before, test} from "node:test";
import * as tf from "@tensorflow/tfjs";
import {useBackend} from "../../src/lib/engine/backend.js";
import type {Randomised} from "../../src/lib/explain/randomisation.js";
import {randomiseDownwards} from "../../src/lib/explain/randomisation.js";
import {randomly} from "../../src/lib/models/initialise.js";
import {Network} from "../../src/lib/models/network.js";
import {architecture} from "../../src/lib/models/registry.js";

before(async () => void (await useBackend()));

const create = (seed: number) =>
  new Network(architecture("mobilenetv2_0.35"), {classes: 4, size: 32, dropout: 0}, randomly(seed));

test("layers become random from the head downwards and stay so, until all are, and nothing leaks", async () => {
  const network = create(2);
  const trained = await network.save();
  const tensors = tf.memory().numTensors;
  const stages: (Randomised & {changed: Set<string>})[] = [];
  await randomiseDownwards(network, {parts: 4, seed: 9}, async (randomised) => {
    const now = await network.save();
    const changed = [...now].filter(([name, {data}]) => data.some((value, i) => value !== trained.get(name)!.data[i]));
    stages.push({...randomised, changed: new Set(changed.map(([name]) => name))});
  });
  assert.equal(tf.memory().numTensors, tensors);
  assert.equal(stages.length, 5);
  const [head] = stages;
  assert.ok([...head.changed].every((name) => name.startsWith("head_")) && head.changed.has("head_logits/kernel"));
  assert.equal(head.layer, "head_bn_1");
  stages.slice(1).forEach(({changed, share}, i) => {
    assert.ok([...stages[i].changed].every((name) => changed.has(name)) && changed.size > stages[i].changed.size);
    assert.ok(share > stages[i].share);
  });
  assert.equal(stages[4].share, 1);
  assert.ok([...trained.keys()].filter((name) => name.endsWith("kernel")).every((name) => stages[4].changed.has(name)));
  network.dispose();
});

test("another seed gives other weights, the same seed the same", async () => {
  const weights = [];
  for (const seed of [1, 1, 2]) {
    const network = create(2);
    await randomiseDownwards(network, {parts: 1, seed}, async () => {});
    weights.push(Array.from((await network.save()).get("Conv1/kernel")!.data));
    network.dispose();
  }
  assert.deepEqual(weights[0], weights[1]);
  assert.notDeepEqual(weights[0], weights[2]);
});
