import assert from "node:assert/strict";
import {mkdirSync, mkdtempSync, rmSync, writeFileSync} from "node:fs";
import {tmpdir} from "node:os";
import {join} from "node:path";
import {after, test} from "node:test";
import {createPipeline, share} from "../../../src/lib/pipeline/index.js";
import {openPublished} from "../../../src/lib/pipeline/published.js";
import {stage} from "../../../src/lib/pipeline/stage.js";
import {type Effort, efforts, type Node} from "../../../src/lib/pipeline/types.js";
import {UserError} from "../../../src/lib/support/errors.js";
import {root} from "../../../src/lib/support/paths.js";

const folder = mkdtempSync(join(tmpdir(), "loaders-"));
after(() => rmSync(folder, {recursive: true}));
process.env.CACHE_DIR = folder;
process.env.COVIDX_DIR = join(folder, "images");
process.env.PUBLISHED_DIR = join(folder, "published");
const {attempt} = await import("../../../src/report/shared/support.js");

let runs = 0;
const of = (effort: Effort) => stage({name: effort, module: import.meta.url, revision: 1, effort, run: () => ++runs})();
const upon = (node: Node<number>) =>
  stage({name: `upon-${node.id}`, module: import.meta.url, inputs: () => ({node}), run: ({node}) => -node})();

test("a page starts what takes seconds; what takes longer is missing until it has been computed", async () => {
  const [seconds, minutes, hours] = efforts.map(of);
  const resolved = async (node: Node<number>) => {
    const result = await attempt(node);
    return "value" in result ? result.value : result.missing;
  };
  assert.equal(await resolved(upon(seconds)), -1);
  for (const node of [minutes, hours]) {
    const missing = `it has not been computed yet\n  Compute it: npm run study -- --only ${node.id}`;
    assert.deepEqual([await resolved(node), await resolved(upon(node))], [missing, missing]);
  }
  assert.equal(runs, 1);
  const all = createPipeline();
  for (const node of [minutes, hours]) await all.resolve(node);
  share(createPipeline({effort: "seconds"}));
  assert.deepEqual([await resolved(upon(minutes)), await resolved(upon(hours))], [-2, -3]);
});

test("a page's pipeline may be another one: the preview's starts what takes minutes", async () => {
  const node = stage({name: "map", module: import.meta.url, revision: 1, effort: "minutes", run: () => 5})();
  share(createPipeline({effort: "minutes"}));
  assert.deepEqual(
    [(await attempt(node)) as {value: number}].map(({value}) => value),
    [5]
  );
});

/** A result that needs data, a GPU or another machine's measurement, and one that is computed from it. */
const needing = (name: string, message: string, hint?: string) => {
  const external = () => {
    throw new UserError(message, {hint});
  };
  const absent = stage({
    name,
    module: import.meta.url,
    revision: 1,
    publish: true,
    external: () => external,
    run: () => 1
  });
  const upon = stage({name: `upon-${name}`, module: import.meta.url, inputs: () => ({absent: absent()}), run: () => 2});
  return {absent, upon};
};

test("what is missing is told without the results that it stops and without this machine's folders", async () => {
  const message =
    `The list ${join(folder, "images", "test.txt")} and ${join(root, "data", "weights.h5")} are ` + "not here.";
  const {absent, upon} = needing("absent", message, "Get them.");
  const missing = "The list COVIDX_DIR/test.txt and data/weights.h5 are not here\n  Get them.";
  assert.deepEqual([await attempt(absent()), await attempt(upon())], [{missing}, {missing}]);
});

test("a result that was published for other parameters is as missing as one that was not", async () => {
  const {absent} = needing("elsewhere", "It needs a GPU.");
  const provenance = {
    id: "elsewhere",
    stage: "elsewhere",
    params: {a: 1},
    identity: "other",
    key: "k",
    inputs: {},
    code: "c",
    packages: {},
    node: "22",
    seconds: 1,
    date: ""
  };
  openPublished(join(folder, "published")).write(absent(), {provenance, value: 3});
  assert.deepEqual(await attempt(absent()), {missing: "It needs a GPU"});
});

test("a published file that is malformed, and a computation that fails, are not missing results", async () => {
  const {absent, upon} = needing("conflict", "It needs a GPU.");
  publish("conflict", "<<<<<<< HEAD\n{}");
  await assert.rejects(attempt(absent()), /conflict\.json is malformed/);
  await assert.rejects(attempt(upon()), /conflict\.json is malformed/);
  const fails = () => {
    throw new UserError("There are no images.");
  };
  await assert.rejects(attempt(stage({name: "fails", module: import.meta.url, run: fails})()), /no images/);
});

function publish(name: string, text: string): void {
  mkdirSync(join(folder, "published"), {recursive: true});
  writeFileSync(join(folder, "published", `${name}.json`), text);
}
