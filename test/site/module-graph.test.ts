import assert from "node:assert/strict";
import {mkdirSync, rmSync} from "node:fs";
import {join} from "node:path";
import {test, type TestContext} from "node:test";
import {moduleGraphs} from "../../src/site/module-graph.js";
import type {Layout} from "../../src/site/layout.js";
import {project, write} from "./project.js";

const files = {
  "entry.ts":
    'import {b} from "./b.js"; import {p} from "pack"; console.log(b, p, new URL("data.bin", import.meta.url));',
  "b.ts": 'export const b = 1; export const w = new URL("./worker.ts", import.meta.url); console.log(w);',
  "worker.ts": 'import {c} from "./c.js"; console.log(c);',
  "c.ts": "export const c = 1;",
  "data.bin": "1",
  "unrelated.ts": "export const d = 1;"
};

async function graph({root}: Layout) {
  const entry = join(root, "entry.ts");
  return (await moduleGraphs([entry], root)).get(entry)!;
}

/** A project, and its entry's key after some of its files have changed. */
function keyed(t: TestContext) {
  const site = project(t, files);
  rmSync(join(site.root, "node_modules"));
  mkdirSync(join(site.root, "node_modules"));
  write(site, {"node_modules/pack/package.json": '{"version": "1.0.0"}'});
  return async (changes: Record<string, string>) => {
    write(site, changes);
    return (await graph(site)).key;
  };
}

for (const [what, change] of [
  ["an imported module", {"b.ts": files["b.ts"].replace("b = 1", "b = 2")}],
  ["a module that a worker imports", {"c.ts": "export const c = 2;"}],
  ["a file named by a URL", {"data.bin": "2"}],
  ["a package's version", {"node_modules/pack/package.json": '{"version": "1.0.1"}'}]
] as const) {
  test(`the key changes with ${what}, and back`, async (t) => {
    const key = keyed(t);
    const before = await key({});
    assert.notEqual(await key(change), before);
    const original = {...files, "node_modules/pack/package.json": '{"version": "1.0.0"}'};
    assert.equal(await key(original), before);
  });
}

test("the key does not change with comments, formatting or files outside the graph", async (t) => {
  const key = keyed(t);
  const before = await key({});
  assert.equal(await key({"c.ts": "// why\nexport  const c = 1", "unrelated.ts": "export const d = 2;"}), before);
});

test("the files of a graph are those to watch", async (t) => {
  const site = project(t, files);
  const expected = ["b.ts", "c.ts", "data.bin", "entry.ts", "worker.ts"].map((name) => join(site.root, name));
  assert.deepEqual((await graph(site)).files, expected);
});

test("a syntax error is reported with its file", async (t) => {
  await assert.rejects(keyed(t)({"c.ts": "export const ;"}), /c\.ts/);
});

test("graphs made together are those made alone", async (t) => {
  const site = project(t, files);
  const entries = ["entry.ts", "b.ts", "unrelated.ts"].map((name) => join(site.root, name));
  const together = await moduleGraphs(entries, site.root);
  for (const entry of entries) {
    assert.deepEqual(together.get(entry), (await moduleGraphs([entry], site.root)).get(entry));
  }
});
