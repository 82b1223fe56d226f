import assert from "node:assert/strict";
import {readFileSync} from "node:fs";
import {join} from "node:path";
import {test} from "node:test";
import {fromPublished} from "../../src/lib/pipeline/codec.js";
import type {Value} from "../../src/lib/pipeline/types.js";
import {root} from "../../src/lib/support/paths.js";
import {imagePassesOf} from "../../src/loaders/cost.js";
import {study} from "../../src/study.js";

test("image passes follow from the steps and the batch alone: seeds that took unlike times took as many", () => {
  const passes = [3, 4].map((seed) => {
    const run = study.runs.find(({id}) => id === `mobilenetv2-0.35-random-${seed}`)!;
    const {value} = JSON.parse(readFileSync(join(root, `data/published/history/${run.id}.json`), "utf8")) as {
      value: Value;
    };
    const {steps, epochs} = fromPublished(value) as {steps: {losses: Float32Array}; epochs: {seconds: number}[]};
    assert.equal(steps.losses.length % epochs.length, 0);
    return imagePassesOf(steps, study.procedures[run.procedure]);
  });
  assert.deepEqual(passes, [38_144, 38_144]);
});
