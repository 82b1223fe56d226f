import assert from "node:assert/strict";
import {mkdirSync, mkdtempSync, writeFileSync} from "node:fs";
import {tmpdir} from "node:os";
import {join} from "node:path";
import {test} from "node:test";
import {architectures} from "../../src/lib/models/registry.js";
import {createPipeline} from "../../src/lib/pipeline/index.js";
import {profile} from "../../src/stages/networks.js";

const folder = (name: string) => mkdtempSync(join(tmpdir(), `${name}-`));
// The loader's own pipeline reads these when it is first used.
const [cacheDir, publishedDir, weights] = ["cache", "published", "weights"].map(folder);
Object.assign(process.env, {CACHE_DIR: cacheDir, PUBLISHED_DIR: publishedDir, WEIGHTS_DIR: weights});
process.env.COVIDX_DIR = "/nonexistent";

test("the artifact has every network, with its stages, its weights and the published counts beside it", async () => {
  // A small file of the right name stands for weights: only whether they are there matters.
  mkdirSync(weights, {recursive: true});
  writeFileSync(join(weights, architectures[0].imagenet!.file), "");
  const {default: load} = await import("../../src/loaders/networks.js");
  const {networks, uncounted, size} = await load();
  assert.deepEqual([networks.map(({id}) => id), uncounted], [architectures.map(({id}) => id), []]);
  for (const {id, body, stages} of networks) {
    const {value} = await createPipeline({cacheDir, publishedDir}).resolve(profile({model: id}));
    assert.deepEqual([value.size, value.body.parameters], [size, body.parameters]);
    const share = stages.reduce((sum, stage) => sum + stage.share, 0);
    assert.ok(Math.abs(share - 1) < 0.01, `the shares of ${id} add up to ${share}`);
  }
  const [small, other] = networks;
  assert.equal(small.paperUrl, "https://arxiv.org/abs/1801.04381");
  assert.equal(small.bytes, 4 * 410_208);
  assert.deepEqual([small.weights?.present, other?.weights?.present ?? false], [true, false]);
});

test("counts with the published top agree with the published counts", async () => {
  const {default: load} = await import("../../src/loaders/networks.js");
  for (const {id, published} of (await load()).networks) {
    if (!published) continue;
    for (const count of ["parameters", "macs"] as const) {
      const [ours, theirs] = [published.ours[count], published[count]];
      if (theirs) assert.ok(Math.abs(ours / theirs - 1) < 0.04, `${id} has ${ours} ${count}, published are ${theirs}`);
    }
  }
});

test("a run whose filters are nowhere is named with the reason", async () => {
  const {default: load} = await import("../../src/loaders/networks.js");
  const {filters, withoutFilters} = await load();
  assert.equal(filters.length, 0);
  assert.ok(withoutFilters.length > 0);
  for (const {title, missing} of withoutFilters) assert.ok(title && missing);
});
