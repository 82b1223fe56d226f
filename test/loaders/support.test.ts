import assert from "node:assert/strict";
import {mkdtempSync, rmSync} from "node:fs";
import {tmpdir} from "node:os";
import {join} from "node:path";
import {after, test} from "node:test";
import {stage} from "../../src/lib/pipeline/stage.js";

const folder = mkdtempSync(join(tmpdir(), "loaders-"));
after(() => rmSync(folder, {recursive: true}));
process.env.CACHE_DIR = folder;
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
