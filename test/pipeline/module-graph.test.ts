import assert from "node:assert/strict";
import {mkdirSync, readFileSync, symlinkSync, writeFileSync} from "node:fs";
import {join} from "node:path";
import test, {type TestContext} from "node:test";
import {fileURLToPath} from "node:url";
import {computeFingerprint} from "../../src/lib/pipeline/module-graph.js";
import {temporaryFolder} from "./setup.js";

const stageModule = fileURLToPath(new URL("../../src/lib/pipeline/stage.js", import.meta.url));

/** Writes modules to a folder and gives a function that changes one and returns the new fingerprint of `main.ts`. */
function modules(t: TestContext, files: Record<string, string>) {
  const folder = temporaryFolder(t);
  const write = (name: string, text: string) => writeFileSync(join(folder, name), text);
  for (const [name, text] of Object.entries(files)) write(name, text);
  const main = join(folder, "main.ts");
  const codeAfter = async (name: string, text: string) => {
    write(name, text);
    return (await computeFingerprint(main)).code;
  };
  return {folder, main, codeAfter};
}

const files = {
  "main.ts": `import {helper} from "./helper.js";\nexport const run = (x: number) => helper(x) + 1;\n`,
  "helper.ts": `export const helper = (x: number) => x * 2;\nexport const unused = 1;\n`
};

test("comments, formatting, types and code that is not reached do not change the fingerprint; a constant does", async (t) => {
  const {main, codeAfter} = modules(t, files);
  const {code} = await computeFingerprint(main);
  const same =
    `/** Doubles. */\ntype N = number;\nexport const helper = (x: N): N =>\n    x * 2; // ` +
    `twice\nexport const unused = 2;\n`;
  assert.equal(await codeAfter("helper.ts", same), code);
  assert.notEqual(await codeAfter("helper.ts", files["helper.ts"].replace("x * 2", "x * 3")), code);
  assert.equal(await codeAfter("helper.ts", files["helper.ts"]), code);
});

test("what only checks published values does not change the fingerprint", async (t) => {
  const {main, codeAfter} = modules(t, {
    "main.ts": `import * as shapes from "./shapes.js";\nexport const run = () => shapes.scores;\n`,
    "shapes.ts": "export const scores = 1;\n"
  });
  const {code} = await computeFingerprint(main);
  assert.equal(await codeAfter("shapes.ts", "export const scores = 2;\n"), code);
});

test("the hashes of the files tell which one changed", async (t) => {
  const {main, codeAfter} = modules(t, files);
  const before = await computeFingerprint(main);
  await codeAfter("helper.ts", files["helper.ts"].replace("x * 2", "x * 3"));
  const after = await computeFingerprint(main);
  const changed = Object.keys(after.files).filter((file) => after.files[file] !== before.files[file]);
  assert.equal(changed.length, 1);
  assert.match(changed[0], /helper\.ts$/);
});

test("the versions of imported packages count, and type-only imports do not", async (t) => {
  const {main, folder} = modules(t, {
    "main.ts":
      `import type {Plot} from "typed";\nimport {a} from "counted/sub";\nimport "node:fs";\nexport ` +
      `const b: Plot = a;\n`
  });
  const install = (version: string) => {
    mkdirSync(join(folder, version, "node_modules/counted"), {recursive: true});
    writeFileSync(join(folder, version, "node_modules/counted/package.json"), JSON.stringify({version}));
    writeFileSync(join(folder, version, "main.ts"), readFileSync(main));
    return computeFingerprint(join(folder, version, "main.ts"));
  };
  const [one, two] = [await install("1.0.0"), await install("2.0.0")];
  assert.deepEqual([one.packages, two.packages], [{counted: "1.0.0"}, {counted: "2.0.0"}]);
  assert.notEqual(one.code, two.code);
});

test("a change in measures changes the fingerprint of all that imports them, by path or name, alone", async (t) => {
  const files = {
    "relative.ts": `export {wilson} from "./measures/interval.js";`,
    "bare.ts": `export {wilson} from "measures";`,
    "other.ts": `export const other = 1;`,
    "measures/index.ts": `export * from "./interval.js";`,
    "measures/interval.ts": `export const wilson = (k: number, n: number) => k / n;`,
    "measures/package.json": `{"name": "measures", "version": "1.0.0", "type": "module", "exports": "./index.ts"}`
  };
  const folder = temporaryFolder(t);
  for (const name of ["measures", "node_modules"]) mkdirSync(join(folder, name));
  symlinkSync("../measures", join(folder, "node_modules/measures"));
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
  const fingerprints = () =>
    Promise.all(["relative.ts", "bare.ts", "other.ts"].map((name) => computeFingerprint(join(folder, name))));
  const before = await fingerprints();
  writeFileSync(join(folder, "measures/interval.ts"), files["measures/interval.ts"].replace("k / n", "(k + 1) / n"));
  const after = await fingerprints();
  assert.deepEqual(
    after.map(({code}, i) => code !== before[i].code),
    [true, true, false]
  );
  assert.deepEqual(before[1].packages, {}, "its version says nothing");
});

test("files named by new URL count: a worker with what it imports, and a table", async (t) => {
  const {main, codeAfter} = modules(t, {
    ...files,
    "main.ts":
      `export const worker = new URL("./worker.js", import.meta.url);\nexport const table = new ` +
      `URL("./t.csv", import.meta.url);\n`,
    "worker.ts": `import {helper} from "./helper.js";\nhelper(1);\n`,
    "t.csv": "1,2"
  });
  const {code} = await computeFingerprint(main);
  const changed = await codeAfter("helper.ts", files["helper.ts"].replace("x * 2", "x * 3"));
  assert.notEqual(changed, code);
  assert.notEqual(await codeAfter("t.csv", "1,3"), changed);
});

test("stages of another module do not count, since their results have keys of their own; a helper beside them does", async (t) => {
  const declare = (name: string, rest: string) =>
    `export const ${name} = stage({name: "${name}", module: import.meta.url, ${rest}});\n`;
  const importing = (names: string) =>
    `import {stage} from "${stageModule}";\nimport {${names}} from "./upstream.js";\n`;
  const upstream = (factor: number, help: number) =>
    `import {stage} from "${stageModule}";\n${declare("upstream", `run: () => ${factor}`)}export ` +
    `const helper = () => ${help};\n`;
  const own = declare("own", "inputs: () => ({a: upstream()}), run: ({a}) => a");
  const {main, codeAfter} = modules(t, {"main.ts": importing("upstream") + own, "upstream.ts": upstream(2, 1)});
  const {code} = await computeFingerprint(main);
  assert.equal(await codeAfter("upstream.ts", upstream(3, 2)), code);

  const helped = await codeAfter("main.ts", importing("helper") + declare("own", "run: () => helper()"));
  assert.equal(await codeAfter("upstream.ts", upstream(4, 2)), helped);
  assert.notEqual(await codeAfter("upstream.ts", upstream(4, 3)), helped);
});
