import assert from "node:assert/strict";
import {mkdtempSync, writeFileSync} from "node:fs";
import {tmpdir} from "node:os";
import {join} from "node:path";
import {test} from "node:test";
import {architecture, modelIds} from "../../src/lib/models/registry.js";
import {createPipeline} from "../../src/lib/pipeline/index.js";
import {publishedCounts} from "../../src/report/networks/published-counts.js";
import {profile} from "../../src/report/networks/profile.js";

const folder = (name: string) => mkdtempSync(join(tmpdir(), `${name}-`));
// The loader's own pipeline reads these when it is first used.
const [cacheDir, publishedDir, weights] = ["cache", "published", "weights"].map(folder);
Object.assign(process.env, {CACHE_DIR: cacheDir, PUBLISHED_DIR: publishedDir, WEIGHTS_DIR: weights});
process.env.COVIDX_DIR = "/nonexistent";

const shown = ["mobilenetv2_0.35", "mobilenetv2_1.0"].map(architecture);
const load = async () => (await import("../../src/loaders/networks.js")).describeNetworks(shown);

test("the artifact has the networks, with their stages, their weights and the published counts beside them", async () => {
  // An empty file of the right name stands for weights: only whether they are there matters.
  writeFileSync(join(weights, shown[0].imagenet!.file), "");
  const {networks, uncounted, size} = await load();
  assert.deepEqual([networks.map(({id}) => id), uncounted], [shown.map(({id}) => id), []]);
  for (const {id, body, stages, published} of networks) {
    const {value} = await createPipeline({cacheDir, publishedDir}).resolve(profile({model: id}));
    assert.deepEqual([value.size, value.body.parameters], [size, body.parameters]);
    const share = stages.reduce((sum, stage) => sum + stage.share, 0);
    assert.ok(Math.abs(share - 1) < 0.01, `the shares of ${id} add up to ${share}`);
    for (const count of ["parameters", "macs"] as const) {
      const [ours, theirs] = [published!.ours[count], published![count]!];
      assert.ok(Math.abs(ours / theirs - 1) < 0.04, `${id} has ${ours} ${count}, published are ${theirs}`);
    }
  }
  assert.equal(networks[0].paperUrl, "https://arxiv.org/abs/1801.04381");
  assert.equal(networks[0].bytes, 4 * 410_208);
  assert.deepEqual(
    networks.map(({weights}) => weights?.present),
    [true, false]
  );
});

test("published counts are of networks of the registry", () => {
  for (const id of Object.keys(publishedCounts)) assert.ok(modelIds.includes(id), `there is no network ${id}`);
});

test("runs whose filters are nowhere are left out", async () => {
  const {default: firstFilters} = await import("../../src/loaders/first-filters.js");
  assert.deepEqual(await firstFilters(), []);
});
