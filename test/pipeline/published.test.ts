import assert from "node:assert/strict";
import {mkdirSync, readdirSync, readFileSync, statSync, truncateSync, writeFileSync} from "node:fs";
import {dirname, join} from "node:path";
import test from "node:test";
import {formatJson} from "../../src/lib/pipeline/format-json.js";
import {stage} from "../../src/lib/pipeline/stage.js";
import {UserError} from "../../src/lib/support/errors.js";
import {training} from "./fixtures/stages.js";
import {createBench} from "./setup.js";

const run = {id: "densenet/1", epochs: 2};

test("a result is published as one readable file with its provenance", async (t) => {
  const bench = createBench(t);
  const path = await bench.open().publish(training({run}));
  assert.equal(path, join(bench.publishedDir, "training", "densenet-1.json"));
  const {provenance, value} = JSON.parse(readFileSync(path, "utf8"));
  assert.equal(provenance.id, "training/densenet/1");
  assert.deepEqual(value, {weights: {$array: "float32", data: "AAAAQAAAgEAAAMBA"}, loss: {$number: "NaN"}});
});

test("publishing the same result again, also computed again, leaves the file as it is", async (t) => {
  const bench = createBench(t);
  const path = await bench.open().publish(training({run}));
  const [before, {mtimeMs, ino}] = [readFileSync(path), statSync(path)];
  const again = bench.open({cacheDir: join(bench.folder, "other cache"), policy: "computed"});
  await again.publish(training({run}));
  assert.equal((await again.resolve(training({run}))).source, "computed");
  assert.deepEqual(readFileSync(path), before);
  assert.deepEqual([statSync(path).mtimeMs, statSync(path).ino], [mtimeMs, ino]);
});

test("a result that differs replaces the published one, and no temporary file stays", async (t) => {
  const bench = createBench(t);
  const path = await bench.open().publish(training({run}));
  const before = readFileSync(path, "utf8");
  await bench.open({policy: "computed"}).publish(training({run: {...run, epochs: 3}}));
  assert.notEqual(readFileSync(path, "utf8"), before);
  assert.deepEqual(readdirSync(dirname(path)), ["densenet-1.json"]);
});

for (const [what, edit] of Object.entries({
  "cut off": (text: string) => text.slice(0, text.length / 2),
  empty: () => "",
  "without provenance": () => `{"value": 1}`,
  "without a key": (text: string) => text.replace(/"key": "[^"]*",/, ""),
  "with a damaged array": (text: string) => text.replace("AAAAQAAAgEAAAMBA", "AAAAQ"),
  "with an unknown kind of array": (text: string) => text.replace("float32", "float128")
})) {
  test(`a published file ${what} is named, with what to do`, async (t) => {
    const bench = createBench(t);
    const path = await bench.open().publish(training({run}));
    writeFileSync(path, edit(readFileSync(path, "utf8")));
    bench.removeData();
    const elsewhere = bench.open({cacheDir: join(bench.folder, "other cache")});
    await assert.rejects(elsewhere.resolve(training({run})), (error) => {
      assert.ok(error instanceof UserError);
      assert.ok(error.message.includes(path));
      assert.match(error.message, /malformed.*delete it.*npm run study -- --publish/s);
      return true;
    });
  });
}

const large = stage({
  name: "large",
  module: import.meta.url,
  publish: true,
  params: ({bytes}: {bytes: number}) => ({bytes}),
  run: (_, {bytes}) => ({pixels: new Uint8Array(bytes)})
});

test("a result of more than 2 MB is not published", async (t) => {
  const bench = createBench(t);
  await assert.rejects(bench.open().publish(large({bytes: 1.6e6})), (error) => {
    assert.ok(error instanceof UserError);
    assert.match(error.message, /large takes 2\.0 MB; at most 2\.0 MB|large takes 2\.\d MB/);
    return true;
  });
  assert.match(await bench.open().publish(large({bytes: 1e6})), /large\.json$/);
});

test("all published results together take at most 60 MB", async (t) => {
  const bench = createBench(t);
  mkdirSync(join(bench.publishedDir, "other"), {recursive: true});
  const other = join(bench.publishedDir, "other", "a.json");
  writeFileSync(other, "");
  truncateSync(other, 59.5 * 2 ** 20);
  await assert.rejects(bench.open().publish(large({bytes: 1e6})), /would take 60\.\d MB; at most 60\.0 MB/);
});

test("a result that replaces its earlier file is not counted twice", async (t) => {
  const bench = createBench(t);
  const path = await bench.open().publish(large({bytes: 1e6}));
  const other = join(bench.publishedDir, "other.json");
  writeFileSync(other, "");
  truncateSync(other, 60 * 2 ** 20 - statSync(path).size - 100);
  assert.equal(await bench.open().publish(large({bytes: 999_990})), path);
});

test("a published folder that cannot be written is a clear error", async (t) => {
  const bench = createBench(t);
  writeFileSync(bench.publishedDir, "a file in the way");
  await assert.rejects(bench.open().publish(large({bytes: 1})), UserError);
});

test("published JSON keeps short things on one line and indents the rest", () => {
  const text = formatJson({a: [1, 2], b: {c: "x".repeat(30), d: undefined}, e: []}, 40);
  assert.equal(text, `{\n  "a": [1, 2],\n  "b": {\n    "c": "${"x".repeat(30)}"\n  },\n  "e": []\n}\n`);
});
