import assert from "node:assert/strict";
import {afterEach, test} from "node:test";
import {useBackend} from "../../src/lib/engine/backend.js";
import {randomly} from "../../src/lib/models/initialise.js";
import {Network} from "../../src/lib/models/network.js";
import {architecture} from "../../src/lib/models/registry.js";
import type {StageContext} from "../../src/lib/pipeline/index.js";
import {inferenceTime, times} from "../../src/stages/inference-time.js";

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

test("every repetition is timed, but not the one that warms up", async () => {
  await useBackend();
  const network = new Network(architecture("mobilenetv2_0.35"), {classes: 4, size: 32, dropout: 0}, randomly(1));
  const context = {log() {}, progress() {}} as unknown as StageContext;
  const found = await times(network, {batch: 2, size: 32, repetitions: 3}, context);
  network.dispose();
  assert.equal(found.length, 3);
  assert.ok(found.every((milliseconds) => milliseconds > 0), `${found}`); // prettier-ignore
});
