import assert from "node:assert/strict";
import {rmSync} from "node:fs";
import {join} from "node:path";
import test from "node:test";
import {renderExplanation} from "../../src/lib/pipeline/explain.js";
import type {Pipeline} from "../../src/lib/pipeline/pipeline.js";
import {stage} from "../../src/lib/pipeline/stage.js";
import type {Node} from "../../src/lib/pipeline/types.js";
import {metrics, training} from "./fixtures/stages.js";
import {createBench, edit} from "./setup.js";

const run = {id: "a", epochs: 2};
const explain = async (pipeline: Pipeline, node: Node) => renderExplanation(await pipeline.explain(node));

test("what was never computed says so, with its inputs, and explaining computes nothing", async (t) => {
  const bench = createBench(t);
  assert.equal(
    await explain(bench.open(), training({run})),
    "training/a would run\n  - no earlier result\n  images would run\n    - no earlier result"
  );
  assert.deepEqual([bench.ran(), bench.events], [[], []]);
});

test("what is in the store says when it was computed", async (t) => {
  const bench = createBench(t);
  await bench.open().resolve(training({run}));
  const text = await explain(bench.open(), training({run}));
  assert.match(
    text,
    /^training\/a is in the store\n {2}- computed \d{4}-\d\d-\d\d \d\d:\d\d UTC in [\d.]+ s \(test\)$/
  );
});

test("a changed parameter is named with old and new, there and where it is upstream", async (t) => {
  const bench = createBench(t);
  await bench.open().resolve(metrics({run}));
  assert.equal(
    await explain(bench.open(), metrics({run: {id: "a", epochs: 5}})),
    "metrics/a would run\n  - input training\n  training/a would run\n    - parameter epochs: 2 -> 5"
  );
});

test("changed data are named, also when the published result is kept in spite of them", async (t) => {
  const bench = createBench(t);
  await bench.open().publish(training({run}));
  bench.provideData("other");
  const computed = await explain(bench.open({policy: "computed"}), training({run}));
  assert.match(computed, /training\/a would run\n {2}- input images\n {2}images would run\n {4}- data or weights$/);
  const published = await explain(bench.open(), training({run}));
  assert.match(
    published,
    /is taken from the published results\n.*\n {2}- kept, although since then changed:\n {2}- input images$/
  );
});

test("a changed revision and the changed files are named", async (t) => {
  const bench = createBench(t);
  const module = join(bench.folder, "module.ts");
  edit(module, `export * from "./helper.js";\n`);
  edit(join(bench.folder, "helper.ts"), "export const a = 1;\n");
  const node = (revision?: number) => stage({name: "edited", module: `file://${module}`, revision, run: () => 1})();
  await bench.open().resolve(node());
  edit(join(bench.folder, "helper.ts"), "export const a = 2;\n");
  assert.match(await explain(bench.open(), node()), /^edited would run\n {2}- code: .*helper\.ts$/);
  await bench.open().resolve(node(1));
  assert.equal(await explain(bench.open(), node(2)), "edited would run\n  - revision: 1 -> 2");
});

test("what cannot be computed here says what is missing, and which parameters differ", async (t) => {
  const bench = createBench(t);
  await bench.open().publish(training({run}));
  bench.removeData();
  const text = await explain(bench.open(), training({run: {id: "a", epochs: 5}}));
  assert.match(text, /^training\/a has no result and cannot be computed here\n.*There are no images/);
  assert.match(text, /parameter epochs: 2 -> 5/);
});

test("a result that is gone from the store says so", async (t) => {
  const bench = createBench(t);
  await bench.open().resolve(metrics({run}));
  rmSync(join(bench.cacheDir, "store"), {recursive: true});
  assert.match(
    await explain(bench.open(), metrics({run})),
    /metrics\/a would run\n {2}- nothing changed, but its stored result is gone/
  );
});
