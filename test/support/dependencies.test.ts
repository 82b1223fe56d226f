import assert from "node:assert/strict";
import {readdirSync, readFileSync} from "node:fs";
import {isBuiltin} from "node:module";
import {join} from "node:path";
import {test} from "node:test";
import ts from "typescript";
import {packageName} from "../../src/lib/pipeline/packages.js";
import {pagePackages} from "../../src/site/vendor.js";
import {root} from "../../src/lib/support/paths.js";

const {dependencies, devDependencies} = JSON.parse(readFileSync(join(root, "package.json"), "utf8")) as Record<
  "dependencies" | "devDependencies",
  Record<string, string>
>;

const sources = ["src", "docs", "bench", "test"].flatMap((folder) =>
  readdirSync(join(root, folder), {recursive: true, encoding: "utf8"})
    .filter((name) => /\.(ts|md)$/.test(name) && !name.includes(".observablehq"))
    .map((name) => join(folder, name))
);

/** The scripts of a page, or a module itself. */
const scriptOf = (file: string, text: string) =>
  file.endsWith(".md") ? [...text.matchAll(/^```js\b[^\n]*\n([^]*?)^```/gm)].map(([, code]) => code).join("\n") : text;

/** The packages that a file names: in imports, and in what Node resolves by `require`. */
function packagesOf(file: string): string[] {
  const text = scriptOf(file, readFileSync(join(root, file), "utf8"));
  const imported = ts.preProcessFile(text).importedFiles.map(({fileName}) => fileName);
  const required = [...text.matchAll(/\brequire(?:\.resolve)?\(["'`]([^"'`$]+)["'`]\)/g)].map(([, name]) => name);
  const bare = [...imported, ...required].filter((name) => !/^[./]|^\w+:/.test(name) && !isBuiltin(name));
  return bare.map((name) => packageName(name)!);
}

test("every package that a file names is declared: others are there by chance, and not for every package manager", () => {
  const declared = {...dependencies, ...devDependencies};
  const undeclared = sources
    // Their texts hold the imports of programs that are only made up.
    .filter((file) => !/test\/(pipeline|site)\/[\w-]+\.test\.ts$/.test(file))
    .flatMap((file) => packagesOf(file).flatMap((name) => (name in declared ? [] : `${file}: ${name}`)));
  assert.deepEqual(undeclared, []);
  assert.ok(sources.flatMap(packagesOf).length > 300, "imports are found");
});

test("what pages may import is declared, in one version each, or is a folder of the project", () => {
  for (const name of pagePackages) assert.match(dependencies[name] ?? "none", /^(\d+\.\d+\.\d+|file:src\/.+)$/, name);
});
