import assert from "node:assert/strict";
import {existsSync, readFileSync} from "node:fs";
import {join} from "node:path";
import {test} from "node:test";
import {runLoaders, runSomeLoaders} from "../../src/site/loaders.js";
import {UserError} from "../../src/lib/support/errors.js";
import {fromRoot} from "../../src/lib/support/paths.js";
import {project, shim, write} from "./project.js";

const good = {
  "docs/data/count.json.ts": shim("count"),
  "src/loaders/count.ts": 'import {n} from "./shared.js"; export default () => ({n});',
  "src/loaders/shared.ts": "export const n = (globalThis.evaluations = (globalThis.evaluations ?? 0) + 1);"
};

test("loaders write where Framework looks, and a module that several import is evaluated once", async (t) => {
  const site = project(t, {
    ...good,
    "docs/data/again.json.ts": shim("again"),
    "src/loaders/again.ts": good["src/loaders/count.ts"]
  });
  const outputs = await runLoaders(site);
  assert.deepEqual(
    outputs.map(({name}) => name),
    ["data/again.json", "data/count.json"]
  );
  assert.equal(readFileSync(join(site.cache, "data/count.json"), "utf8"), '{"n":1}');
  assert.equal(readFileSync(join(site.cache, "data/again.json"), "utf8"), '{"n":1}');
});

test("every other cached output is dropped, and Framework's packages are kept", async (t) => {
  const site = project(t, good);
  const cache = "docs/.observablehq/cache";
  write(site, {
    [`${cache}/data/gone.json`]: "{}",
    [`${cache}/_npm/d3@7.0.0/_esm.js`]: "",
    [`${cache}/data/count.json`]: "stale"
  });
  await runLoaders(site);
  assert.ok(!existsSync(join(site.cache, "data/gone.json")));
  assert.ok(existsSync(join(site.cache, "_npm/d3@7.0.0/_esm.js")));
  assert.notEqual(readFileSync(join(site.cache, "data/count.json"), "utf8"), "stale");
});

test("a shim with a parameter runs for each file that a page attaches", async (t) => {
  const site = project(t, {
    "docs/runs.md": 'FileAttachment("./data/run/a.json"); FileAttachment("data/run/b.json");',
    "docs/data/run/[run].json.ts": shim("run").replace("../../src", "../../../src"),
    "src/loaders/run.ts": "export default ({run}) => run.toUpperCase();"
  });
  await runLoaders(site);
  assert.equal(readFileSync(join(site.cache, "data/run/a.json"), "utf8"), "A");
  assert.equal(readFileSync(join(site.cache, "data/run/b.json"), "utf8"), "B");
});

test("a page with parameters gets the files of each of its routes, and exported files are made", async (t) => {
  const site = project(t, {
    "observablehq.config.ts": 'export default {dynamicPaths: ["/net/a", "/net/b", "/other/c", "/data/run/d.json"]};',
    "docs/net/[net].md": "FileAttachment(`../data/run/${observable.params.net}.json`);",
    "docs/data/run/[run].json.ts": shim("run").replace("../../src", "../../../src"),
    "src/loaders/run.ts": "export default ({run}) => run.toUpperCase();"
  });
  assert.deepEqual(
    (await runLoaders(site)).map(({name}) => name),
    ["data/run/a.json", "data/run/b.json", "data/run/d.json"]
  );
});

test("a failing loader is named, and is the user's to mend only if it says so", async (t) => {
  const site = project(t, {
    "docs/data/x.json.ts": shim("x"),
    "src/loaders/x.ts": 'export default () => { throw new TypeError("a bug"); };'
  });
  await assert.rejects(runLoaders(site), (error: Error) => {
    assert.match(error.message, /data\/x\.json failed: a bug/);
    assert.ok(!(error instanceof UserError) && error.cause instanceof TypeError);
    return true;
  });
  const errors = fromRoot("src/lib/support/errors.js");
  const other = project(t, {
    "docs/data/y.json.ts": shim("y"),
    "src/loaders/y.ts": `import {UserError} from ${JSON.stringify(errors)};
      export default () => { throw new UserError("No data.", {hint: "Run npm run data."}); };`
  });
  await assert.rejects(runLoaders(other), (error) => {
    assert.ok(error instanceof UserError);
    assert.match(error.message, /data\/y\.json failed: No data\.\n {2}Run npm run data\./);
    return true;
  });
});

test("some loaders run alone, and one that fails leaves no output for the others to trip over", async (t) => {
  const site = project(t, {
    ...good,
    "docs/data/broken.json.ts": shim("broken"),
    "src/loaders/broken.ts": 'export default () => { throw new TypeError("a bug"); };',
    "docs/data/other.json.ts": shim("other"),
    "src/loaders/other.ts": "export default () => 1;",
    "docs/.observablehq/cache/data/broken.json": "stale"
  });
  await runSomeLoaders(site, new Set(["broken", "count"].map((name) => join(site.docs, `data/${name}.json.ts`))));
  assert.ok(existsSync(join(site.cache, "data/count.json")));
  assert.ok(!existsSync(join(site.cache, "data/broken.json")));
  assert.ok(!existsSync(join(site.cache, "data/other.json")));
});
