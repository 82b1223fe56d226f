import assert from "node:assert/strict";
import {mkdtempSync} from "node:fs";
import {tmpdir} from "node:os";
import {join} from "node:path";
import {test} from "node:test";
import {useBackend} from "../../../src/lib/engine/backend.js";
import {createPipeline} from "../../../src/lib/pipeline/index.js";
import {root} from "../../../src/lib/support/paths.js";
import {inventory} from "../../../src/report/data/dataset.js";
import {networkParams, restored} from "../../../src/report/runs/trained-network.js";
import {weightRounding} from "../../../src/report/runs/weight-rounding.js";
import {hasPublishedWeights, trainedWeights} from "../../../src/report/runs/weights.js";
import {study} from "../../../src/study.js";

test("the networks published here load without data, and rounding moved no probability of a validation image by much", async () => {
  const cacheDir = mkdtempSync(join(tmpdir(), "weights-"));
  const pipeline = createPipeline({cacheDir, publishedDir: join(root, "data/published")});
  const {classes} = (await pipeline.resolve(inventory({study}))).value;
  await useBackend();
  let count = 0;
  for (const run of study.runs) {
    const args = {study, run};
    if (!(await hasPublishedWeights(args, pipeline))) continue;
    ++count;
    const {weights, source} = await trainedWeights(args, pipeline);
    assert.equal(source, "published");
    const network = await restored(networkParams(args), {
      size: 32,
      classes: classes.length,
      weights: Object.fromEntries(weights)
    });
    network.dispose();
    const {largestChange, logLoss} = (await pipeline.resolve(weightRounding(args))).value;
    assert.ok(largestChange < 0.05, `${run.id}: ${largestChange}`);
    assert.ok(Math.abs(logLoss.exact - logLoss.rounded) < 2e-3, `${run.id}: ${JSON.stringify(logLoss)}`);
  }
  assert.ok(count > 0, "a network is published");
});
