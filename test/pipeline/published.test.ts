import assert from "node:assert/strict";
import {mkdirSync, readdirSync, readFileSync, rmSync, statSync, truncateSync, writeFileSync} from "node:fs";
import {dirname, join} from "node:path";
import test from "node:test";
import {z} from "zod";
import {formatJson} from "../../src/lib/pipeline/format-json.js";
import {openPublished} from "../../src/lib/pipeline/published.js";
import {stage} from "../../src/lib/pipeline/stage.js";
import {UserError} from "../../src/lib/support/errors.js";
import {metrics, training} from "./fixtures/stages.js";
import {createBench} from "./setup.js";

const run = {id: "densenet/1", epochs: 2};

test("a result is published as one readable file with its provenance", async (t) => {
  const bench = createBench(t);
  const path = await bench.open().publish(training({run}));
  assert.equal(path, join(bench.publishedDir, "training", "densenet", "1.json"));
  const {digest, provenance, value} = JSON.parse(readFileSync(path, "utf8"));
  assert.match(digest, /^[0-9a-f]{40}$/);
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
  assert.deepEqual(readdirSync(dirname(path)), ["1.json"]);
});

for (const [what, edit] of Object.entries({
  "cut off": (text: string) => text.slice(0, text.length / 2),
  empty: () => "",
  "without provenance": () => `{"value": 1}`,
  "without a digest": (text: string) => text.replace(/"digest": "[^"]*",/, ""),
  "without a key": (text: string) => text.replace(/"key": "[^"]*",/, ""),
  "with a damaged array": (text: string) => text.replace("AAAAQAAAgEAAAMBA", "AAAAQ"),
  "with an unknown kind of array": (text: string) => text.replace("float32", "float128"),
  "with another number": (text: string) => text.replace("NaN", "Infinity"),
  "with other bits in an array": (text: string) => text.replace("AAAAQAAAgEAAAMBA", "AAAAQAAAgEAAAMBB"),
  "with another backend": (text: string) => text.replace(`"backend": "test"`, `"backend": "cuda"`),
  "with other parameters": (text: string) => text.replace(`"epochs": 2`, `"epochs": 3`)
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

test("a folder in the place of a published file is named", async (t) => {
  const bench = createBench(t);
  mkdirSync(join(bench.publishedDir, "training", "densenet", "1.json"), {recursive: true});
  await assert.rejects(bench.open().resolve(training({run})), {name: "UserError", message: /1\.json cannot be read/});
});

/** A published stage whose output is what `value` says, whatever its shape is declared to be. */
const shaped = (shape?: z.ZodType) =>
  stage({
    name: "shaped",
    module: import.meta.url,
    revision: 1,
    publish: true,
    shape,
    external: () => () => "data",
    run: () => ({scores: [1, 2]}) as unknown
  });

test("a value of another shape than its stage's is named by its file, and is not published", async (t) => {
  const bench = createBench(t);
  const path = await bench.open().publish(shaped()());
  const other = shaped(z.object({scores: z.array(z.string())}));
  const elsewhere = bench.open({cacheDir: join(bench.folder, "other cache")});
  const expected = (error: Error) => {
    assert.ok(error instanceof UserError && error.message.includes(path), error.stack);
    assert.match(error.message, /another shape than its stage gives: scores\.0: /);
    return true;
  };
  await assert.rejects(elsewhere.resolve(other()), expected);
  rmSync(path);
  await assert.rejects(bench.open().publish(other()), expected);
});

test("a published value of another shape does no harm where it answers another question", async (t) => {
  const bench = createBench(t);
  await bench.open().publish(training({run}));
  const node = {...training({run: {...run, epochs: 3}}), shape: z.string()};
  assert.equal((await bench.open().resolve(node)).source, "computed");
});

test("what is computed from a published value is computed anew when another value is published under the same key", async (t) => {
  const bench = createBench(t);
  const path = await bench.open().publish(training({run}));
  bench.removeData();
  const elsewhere = () => bench.open({cacheDir: join(bench.folder, "other cache")});
  const before = await elsewhere().resolve(metrics({run}));
  assert.deepEqual(before.value, {sum: 12});
  const {provenance, value} = await elsewhere().resolve(training({run}));
  rmSync(path);
  openPublished(bench.publishedDir).write(training({run}), {
    provenance,
    value: {...value, weights: Float32Array.of(1)}
  });
  const explained = await elsewhere().explain(metrics({run}));
  assert.deepEqual(explained.because, ["the published value of input training"]);
  const after = await elsewhere().resolve(metrics({run}));
  assert.deepEqual(after.value, {sum: 1});
  assert.equal(after.provenance.inputs.training, before.provenance.inputs.training);
  assert.notEqual(after.provenance.key, before.provenance.key);
});

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
