import assert from "node:assert/strict";
import {readFileSync} from "node:fs";
import {test} from "node:test";
import {fromRoot} from "../../src/lib/support/paths.js";

const read = (path: string) => readFileSync(fromRoot(path), "utf8");

/** The versions of Node that a text names, each once and in order. */
const named = (text: string) => [
  ...new Set([...text.matchAll(/\bNode ((?:\d\d(?:[ ,(]|and|or)*)+)/g)].flatMap(([, list]) => list.match(/\d\d/g)!))
];

test("whoever reads which version of Node to use reads those that the package supports", () => {
  const {engines} = JSON.parse(read("package.json")) as {engines: {node: string}};
  const supported = engines.node.split(" || ").map((range) => /^\^?(\d\d)(\.\d+)?$/.exec(range)![1]);
  for (const path of ["README.md", "CONTRIBUTING.md", "docs/reproduce.md"]) {
    assert.deepEqual(named(read(path)).sort(), supported, path);
  }
});
