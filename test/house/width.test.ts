import assert from "node:assert/strict";
import {readdirSync, readFileSync} from "node:fs";
import {join} from "node:path";
import {test} from "node:test";
import {fileURLToPath} from "node:url";

const root = fileURLToPath(new URL("../..", import.meta.url));
const width = 120;

/** Lines above the width that could be broken, counted from 1: an address cannot. */
const tooWide = (text: string): number[] =>
  text
    .split("\n")
    .flatMap((line, i) => ([...line].length > width && !/^\s*\w+: "https:\S+",?$/.test(line) ? i + 1 : []));

test("no line of TypeScript is wider than can be read on one screen", () => {
  const files = ["src", "docs", "bench"].flatMap((folder) =>
    readdirSync(join(root, folder), {recursive: true, encoding: "utf8"})
      .filter((file) => file.endsWith(".ts") && !file.startsWith(".observablehq"))
      .map((file) => join(folder, file))
  );
  assert.ok(files.length > 500, `${files.length} files are looked at`);
  const wide = files.flatMap((file) =>
    tooWide(readFileSync(join(root, file), "utf8")).map((line) => `${file}:${line}`)
  );
  assert.deepEqual(wide, []);
});

test("a line is too wide by its characters, whatever bytes these take, and an address may be", () => {
  assert.deepEqual(tooWide(`${"é".repeat(120)}\n${"é".repeat(121)}`), [2]);
  assert.deepEqual(tooWide(`    url: "https://${"a".repeat(120)}",`), []);
  assert.deepEqual(tooWide(`const words = "${"a".repeat(120)}";`), [1]);
});
