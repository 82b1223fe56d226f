import assert from "node:assert/strict";
import {before, test} from "node:test";
import * as tf from "@tensorflow/tfjs";
import {measureBatches} from "../../bench/batches.js";
import type {BatchesRow} from "../../bench/batches.js";
import {useBackend} from "../../src/lib/engine/backend.js";
import {defaultThreads} from "../../src/lib/training/batch-source.js";

before(async () => void (await useBackend()));

test("a step is timed with batches made in its thread and in others, and the wait is a share of it", async () => {
  const tensors = tf.memory().numTensors;
  const rows: BatchesRow[] = [];
  for await (const row of measureBatches({model: "mobilenetv2_0.35", size: 32, batch: 4})) rows.push(row);
  assert.deepEqual(
    rows.map(({threads}) => threads),
    [0, defaultThreads()]
  );
  for (const {prepare_ms, step_ms, waited} of rows) {
    assert.ok(prepare_ms > 0 && step_ms > prepare_ms, `${prepare_ms} ms, ${step_ms} ms`);
    assert.ok(waited > 0 && waited < 1, `${waited}`);
  }
  assert.equal(tf.memory().numTensors, tensors);
});
