import * as tf from "@tensorflow/tfjs";
import assert from "node:assert/strict";
import {afterEach, test} from "node:test";
import {useBackend} from "../../../src/lib/engine/backend.js";
import {randomly} from "../../../src/lib/models/initialise.js";
import {Network} from "../../../src/lib/models/network.js";
import {architecture} from "../../../src/lib/models/registry.js";
import type {StageContext} from "../../../src/lib/pipeline/index.js";
import {inferenceTime, times, timesThatFit} from "../../../src/report/networks/inference-time.js";

const asked = process.env.TFJS_BACKEND;
afterEach(() => {
  if (asked === undefined) delete process.env.TFJS_BACKEND;
  else process.env.TFJS_BACKEND = asked;
});

test("a time is measured only on the backend that is asked for by name", () => {
  const node = inferenceTime({model: "xception", backend: "wasm"});
  process.env.TFJS_BACKEND = "tensorflow";
  assert.throws(() => node.external?.(), /measured only where wasm is asked for by name\n.*--backend wasm/);
  process.env.TFJS_BACKEND = "wasm";
  assert.equal(node.external?.(), "");
});

const context = {log() {}, progress() {}} as unknown as StageContext;

/** A network that has memory for so many images at a time. */
const small = (most: number) =>
  ({
    variables: new Map(),
    logits(images: tf.Tensor) {
      if (images.shape[0] > most) throw new Error("RuntimeError: memory access out of bounds");
      return tf.zeros([images.shape[0], 4]);
    }
  }) as unknown as Network;

test("batches that do not fit into memory have no time, and are told", async () => {
  await useBackend();
  const told: string[] = [];
  const sizes = {batches: [1, 2, 8, 16], size: 16, repetitions: 2};
  const found = await timesThatFit(small(2), sizes, {...context, log: (message) => told.push(message)});
  assert.deepEqual(
    found.map(({batch}) => batch),
    [1, 2]
  );
  assert.deepEqual(told, [
    "Memory ran out with 8 of the images of 16 × 16 pixels at a time: there is no time for so many."
  ]);
  await assert.rejects(timesThatFit(small(0), sizes, context), /Memory ran out with 1 of the images/);
});

test("every repetition is timed, but not the one that warms up", async () => {
  await useBackend();
  const network = new Network(architecture("mobilenetv2_0.35"), {classes: 4, size: 32, dropout: 0}, randomly(1));
  const found = await times(network, {batch: 2, size: 32, repetitions: 3}, context);
  network.dispose();
  assert.equal(found.length, 3);
  assert.ok(
    found.every((milliseconds) => milliseconds > 0),
    `${found}`
  );
});
