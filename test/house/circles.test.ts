import assert from "node:assert/strict";
import {spawnSync} from "node:child_process";
import {mkdtempSync, rmSync, writeFileSync} from "node:fs";
import {tmpdir} from "node:os";
import {join} from "node:path";
import {test} from "node:test";
import {fileURLToPath} from "node:url";

const root = fileURLToPath(new URL("../..", import.meta.url));

/** What the rule of `npm run lint` says of some modules. */
function check(modules: Record<string, string>): {status: number | null; said: string} {
  const folder = mkdtempSync(join(tmpdir(), "modules-"));
  try {
    for (const [name, text] of Object.entries(modules)) writeFileSync(join(folder, name), text);
    const program = join(root, "node_modules", "dependency-cruiser", "bin", "dependency-cruise.mjs");
    const settings = ["--config", join(root, ".dependency-cruiser.json"), folder];
    const {status, stdout, stderr} = spawnSync(process.execPath, [program, ...settings], {cwd: root, encoding: "utf8"});
    return {status, said: stdout + stderr};
  } finally {
    rmSync(folder, {recursive: true});
  }
}

test("two modules that need each other's types alone are a circle, and the rule names both", () => {
  const {status, said} = check({
    "a.ts": 'import type {B} from "./b.js";\nexport interface A {\n  b: B;\n}\n',
    "b.ts": 'import type {A} from "./a.js";\nexport interface B {\n  a: A;\n}\n'
  });
  assert.notEqual(status, 0);
  assert.match(said, /no-circle[^]*a\.ts[^]*b\.ts/);
});

test("a module that another needs, and that needs nothing of it, is no circle", () => {
  const {status, said} = check({
    "a.ts": 'import type {B} from "./b.js";\nexport interface A {\n  b: B;\n}\n',
    "b.ts": "export interface B {\n  value: number;\n}\n"
  });
  assert.equal(status, 0, said);
});
