import assert from "node:assert/strict";
import {mkdirSync, mkdtempSync, rmSync, writeFileSync} from "node:fs";
import {tmpdir} from "node:os";
import {join} from "node:path";
import {after, test} from "node:test";
import {stage} from "../../src/lib/pipeline/stage.js";
import {UserError} from "../../src/lib/support/errors.js";
import {root} from "../../src/lib/support/paths.js";

const folder = mkdtempSync(join(tmpdir(), "loaders-"));
after(() => rmSync(folder, {recursive: true}));
process.env.CACHE_DIR = folder;
process.env.COVIDX_DIR = join(folder, "images");
process.env.PUBLISHED_DIR = join(folder, "published");
const {attempt, attemptReady} = await import("../../src/loaders/support.js");

let runs = 0;
const costly = stage({name: "costly", module: import.meta.url, revision: 1, run: () => ++runs});
const cheap = stage({name: "cheap", module: import.meta.url, run: () => 7});
const upon = stage({
  name: "upon",
  module: import.meta.url,
  inputs: () => ({costly: costly()}),
  run: ({costly}) => costly
});

test("a page that can do without takes what is cheap, and of what is costly only what is in the store", async () => {
  const value = async (node: Parameters<typeof attemptReady>[0]) => {
    const result = await attemptReady(node);
    return "value" in result ? result.value : result.missing;
  };
  assert.equal(await value(cheap()), 7);
  assert.match(String(await value(costly())), /costly has not been computed yet: npm run study -- --only costly/);
  assert.match(String(await value(upon())), /upon has not been computed yet/);
  assert.equal(runs, 0);
  await attempt(costly());
  assert.equal(await value(upon()), 1);
});

/** A result that needs data, a GPU or another machine's measurement, and one that is computed from it. */
const needing = (name: string, message: string, hint?: string) => {
  const external = () => {
    throw new UserError(message, {hint});
  };
  const absent = stage({name, module: import.meta.url, revision: 1, publish: true, external: () => external, run: () => 1}); // prettier-ignore
  const upon = stage({name: `upon-${name}`, module: import.meta.url, inputs: () => ({absent: absent()}), run: () => 2});
  return {absent, upon};
};

test("what is missing is told without the results that it stops and without this machine's folders", async () => {
  const message = `The list ${join(folder, "images", "test.txt")} and ${join(root, "data", "weights.h5")} are not here.`;
  const {absent, upon} = needing("absent", message, "Get them.");
  const missing = "The list COVIDX_DIR/test.txt and data/weights.h5 are not here\n  Get them.";
  assert.deepEqual([await attempt(absent()), await attempt(upon())], [{missing}, {missing}]);
});

test("a result that was published for other parameters is as missing as one that was not", async () => {
  const {absent} = needing("elsewhere", "It needs a GPU.");
  publish("elsewhere", JSON.stringify({provenance: {id: "elsewhere", stage: "elsewhere", params: {a: 1}, identity: "other", key: "k", inputs: {}, code: "c", packages: {}, node: "22", seconds: 1, date: ""}, value: 3})); // prettier-ignore
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
  mkdirSync(join(folder, "published", name), {recursive: true});
  writeFileSync(join(folder, "published", name, `${name}.json`), text);
}
