import assert from "node:assert/strict";
import {statSync, writeFileSync} from "node:fs";
import {join} from "node:path";
import {test, type TestContext} from "node:test";
import {ShimWatcher} from "../../src/site/watch.js";
import {project, shim, write} from "./project.js";

/** A watched project of two loaders, and a way to wait for what the watcher tells next. */
async function watched(t: TestContext) {
  const site = project(t, {
    "docs/data/a.json.ts": shim("a"),
    "docs/data/b.json.ts": shim("b"),
    "src/loaders/a.ts": 'import {n} from "../lib/n.js"; export default () => n;',
    "src/loaders/b.ts": "export default () => 1;",
    "src/lib/n.ts": "export const n = 1;",
    "published/result.json": "1"
  });
  const events: string[] = [];
  let wake = () => {};
  const tell = (event: string) => {
    events.push(event);
    wake();
  };
  const watcher = new ShimWatcher(site, {
    data: join(site.root, "published"),
    onTouch: (shims) => tell(shims.join()),
    onError: (shim) => tell(`error ${shim}`)
  });
  t.after(() => watcher.close());
  await watcher.start();
  const next = async () => {
    if (!events.length) await new Promise<void>((resolve) => (wake = resolve));
    return events.shift();
  };
  return {site, next};
}

test("an edit touches exactly the shims whose loaders it reaches", {timeout: 30_000}, async (t) => {
  const {site, next} = await watched(t);
  const path = (name: string) => join(site.docs, "data", `${name}.json.ts`);
  const before = ["a", "b"].map((name) => statSync(path(name)).mtimeMs);
  write(site, {"src/lib/n.ts": "export const n = 2;"});
  assert.equal(await next(), "docs/data/a.json.ts");
  assert.ok(statSync(path("a")).mtimeMs > before[0]);
  assert.equal(statSync(path("b")).mtimeMs, before[1]);
});

test("a syntax error is told once and waited out", {timeout: 30_000}, async (t) => {
  const {site, next} = await watched(t);
  write(site, {"src/lib/n.ts": "export const n = ;"});
  assert.equal(await next(), "error docs/data/a.json.ts");
  write(site, {"src/lib/n.ts": "export const n = 2;"});
  assert.equal(await next(), "docs/data/a.json.ts");
});

test("a published result that changes touches every shim", {timeout: 30_000}, async (t) => {
  const {site, next} = await watched(t);
  write(site, {"published/result.json": "22"});
  assert.equal(await next(), "docs/data/a.json.ts,docs/data/b.json.ts");
});

test("a new shim is watched from then on", {timeout: 30_000}, async (t) => {
  const {site, next} = await watched(t);
  write(site, {"src/loaders/c.ts": "export default () => 1;", "docs/data/c.json.ts": shim("c")});
  write(site, {"src/lib/n.ts": "export const n = 2;"});
  assert.equal(await next(), "docs/data/a.json.ts");
  write(site, {"src/loaders/c.ts": "export default () => 2;"});
  assert.equal(await next(), "docs/data/c.json.ts");
});

test("outputs that are prepared before the touch are newer than their shim", {timeout: 30_000}, async (t) => {
  const site = project(t, {
    "docs/data/a.json.ts": shim("a"),
    "src/loaders/a.ts": "export default () => 1;"
  });
  const path = join(site.docs, "data/a.json.ts");
  const output = join(site.root, "output");
  await new Promise<void>((resolve, reject) => {
    const watcher = new ShimWatcher(site, {
      prepare: async (paths) => {
        assert.deepEqual(paths, [path]);
        writeFileSync(output, "1");
      },
      onTouch: () => resolve(),
      onError: (_, message) => reject(new Error(message))
    });
    t.after(() => watcher.close());
    void watcher.start().then(() => write(site, {"src/loaders/a.ts": "export default () => 2;"}));
  });
  assert.ok(statSync(output).mtimeMs >= statSync(path).mtimeMs);
});
