import assert from "node:assert/strict";
import {existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync} from "node:fs";
import fs from "node:fs/promises";
import {join} from "node:path";
import test from "node:test";
import {stage} from "../../src/lib/pipeline/stage.js";
import {UserError} from "../../src/lib/support/errors.js";
import {images, metrics, resumable, training} from "./fixtures/stages.js";
import {type Bench, createBench, edit, message, resolveInChild} from "./setup.js";

const run = {id: "a", epochs: 2};
const everything = ["images", "training", "metrics"];

/** The files of the store that hold results. */
function contents({cacheDir}: Bench): string[] {
  const entries = readdirSync(join(cacheDir, "store/content-v2"), {recursive: true, withFileTypes: true});
  return entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
}

test("a result is computed once and then found in the store, the same to the bit", async (t) => {
  const bench = createBench(t);
  const first = await bench.open().resolve(metrics({run}));
  assert.deepEqual(bench.ran(), everything);
  const training1 = await bench.open().resolve(training({run}));
  const second = await bench.open().resolve(metrics({run}));
  assert.deepEqual(bench.ran(), []);
  assert.deepEqual([first.source, second.source, training1.source], ["computed", "store", "store"]);
  assert.deepEqual([first.value, second.value], [{sum: 12}, {sum: 12}]);
  assert.deepStrictEqual(training1.value, {weights: Float32Array.of(2, 4, 6), loss: NaN});
  assert.deepEqual(second.provenance, first.provenance);
  assert.equal(second.drift, undefined);
});

test("within a session a node is resolved once, also when it is asked for twice at the same time", async (t) => {
  const bench = createBench(t);
  const pipeline = bench.open();
  const [a, b] = await Promise.all([pipeline.resolve(training({run})), pipeline.resolve(training({run}))]);
  assert.equal(a.value, b.value);
  assert.deepEqual(bench.ran(), ["images", "training"]);
});

test("provenance says what computed a result, from what, with what and when", async (t) => {
  const bench = createBench(t);
  const pipeline = bench.open();
  const {provenance} = await pipeline.resolve(training({run}));
  const input = await pipeline.resolve(images());
  assert.equal(provenance.id, "training/a");
  assert.deepEqual(provenance.params, {epochs: 2});
  assert.deepEqual(provenance.inputs, {images: input.provenance.key});
  assert.equal(input.provenance.external, "digest of the data");
  assert.deepEqual([provenance.backend, provenance.facts, provenance.revision], ["test", {layers: 3}, 1]);
  assert.equal(provenance.node, process.version);
  assert.ok(provenance.packages["@tensorflow/tfjs"]);
  assert.ok(Date.parse(provenance.date) > 0 && provenance.seconds >= 0);
});

test("another parameter is another question, other data another answer to the same", async (t) => {
  const bench = createBench(t);
  const first = (await bench.open().resolve(metrics({run}))).provenance;
  const longer = (await bench.open().resolve(metrics({run: {id: "a", epochs: 3}}))).provenance;
  bench.provideData("other data");
  const other = (await bench.open().resolve(metrics({run}))).provenance;
  assert.notEqual(longer.identity, first.identity);
  assert.equal(other.identity, first.identity);
  assert.equal(new Set([first.key, longer.key, other.key]).size, 3);
  assert.deepEqual(bench.ran(), [...everything, "training", "metrics", ...everything]);
});

/** A stage of this very file whose revision can be chosen. */
const versioned = (revision?: number, params: Record<string, number> = {}) =>
  stage({name: "versioned", module: import.meta.url, revision, publish: true, params, run: () => ({revision})})();

test("raising the revision of an expensive stage computes it again", async (t) => {
  const bench = createBench(t);
  assert.deepEqual((await bench.open().resolve(versioned(1))).value, {revision: 1});
  const raised = await bench.open().resolve(versioned(2));
  assert.deepEqual([raised.value, raised.source], [{revision: 2}, "computed"]);
});

test("the order in which parameters are written does not matter", async (t) => {
  const bench = createBench(t);
  await bench.open().resolve(versioned(1, {a: 1, b: 2}));
  assert.equal((await bench.open().resolve(versioned(1, {b: 2, a: 1}))).source, "store");
});

/** A module with a stage, whose code the test edits; the description is what importing it would give. */
function editable({folder}: Bench, revision?: number) {
  const module = join(folder, "editable.ts");
  const rewrite = (code: string) => edit(module, code);
  rewrite("export const factor = 2;\n");
  const node = () =>
    stage({name: "editable", module: `file://${module}`, revision, run: () => readFileSync(module, "utf8")})();
  return {rewrite, node};
}

test("an edit of a cheap stage's code computes it again, a comment does not", async (t) => {
  const bench = createBench(t);
  const {rewrite, node} = editable(bench);
  await bench.open().resolve(node());
  rewrite("// doubles\nexport const factor = 2;\n");
  assert.equal((await bench.open().resolve(node())).source, "store");
  rewrite("export const factor = 3;\n");
  assert.equal((await bench.open().resolve(node())).source, "computed");
});

test("an edit of an expensive stage's code keeps its result and shows the drift", async (t) => {
  const bench = createBench(t);
  const {rewrite, node} = editable(bench, 1);
  const first = await bench.open().resolve(node());
  rewrite("export const factor = 3;\n");
  const {source, drift} = await bench.open().resolve(node());
  assert.equal(source, "store");
  assert.equal(drift?.computedBy, first.provenance.code);
  assert.notEqual(drift?.codeNow, first.provenance.code);
  assert.match(drift?.changed.join() ?? "", /^code: .*editable\.ts$/);
});

for (const [how, damage] of Object.entries({
  changed: (path: string) =>
    writeFileSync(
      path,
      readFileSync(path).map((byte) => byte ^ 1)
    ),
  truncated: (path: string) => writeFileSync(path, readFileSync(path).subarray(0, 10)),
  emptied: (path: string) => writeFileSync(path, "")
})) {
  test(`a ${how} store entry is detected by its digest, reported, and computed again`, async (t) => {
    const bench = createBench(t);
    const before = await bench.open().resolve(training({run}));
    contents(bench).forEach(damage);
    bench.ran();
    const after = await bench.open().resolve(training({run}));
    assert.deepStrictEqual(after.value, before.value);
    assert.deepEqual(bench.ran(), ["images", "training"]);
    const warnings = bench.events.filter((event) => event.type === "warning");
    assert.deepEqual(warnings.map(({id}) => id).sort(), ["images", "training/a"]);
    assert.match("message" in warnings[0] ? warnings[0].message : "", /damaged/);
    assert.equal((await bench.open().resolve(training({run}))).source, "store");
  });
}

test("a store entry whose content was deleted is computed again", async (t) => {
  const bench = createBench(t);
  await bench.open().resolve(images());
  await fs.rm(join(bench.cacheDir, "store/content-v2"), {recursive: true});
  assert.equal((await bench.open().resolve(images())).source, "computed");
});

test("a process killed by SIGKILL leaves no result and no lock that blocks, and its checkpoint is used", async (t) => {
  const bench = createBench(t);
  const child = resolveInChild(bench.cacheDir, "resumable");
  assert.equal(await message(child), "half done");
  const [lock] = readdirSync(join(bench.cacheDir, "locks"));
  const closed = new Promise((resolve) => child.on("close", resolve));
  child.kill("SIGKILL");
  await closed;
  assert.ok(existsSync(join(bench.cacheDir, "locks", lock)));
  assert.equal(existsSync(join(bench.cacheDir, "store/index-v5")), false);

  const {value, source} = await bench.open().resolve(resumable());
  assert.deepEqual([value, source], [{continuedFrom: "epoch 3"}, "computed"]);
  assert.deepEqual(readdirSync(join(bench.cacheDir, "locks")), []);
  assert.deepEqual(readdirSync(join(bench.cacheDir, "work")), []);
});

test("two processes that need the same result compute it once", async (t) => {
  const bench = createBench(t);
  const children = [resolveInChild(bench.cacheDir, "slow"), resolveInChild(bench.cacheDir, "slow")];
  const results = (await Promise.all(children.map(message))) as {value: {pid: number}; source: string}[];
  assert.deepEqual(bench.ran(), ["slow"]);
  assert.deepEqual(results.map(({source}) => source).sort(), ["computed", "store"]);
  assert.equal(results[0].value.pid, results[1].value.pid);
});

test("fresh computes again from the beginning; if that fails, the result that was there stays", async (t) => {
  const bench = createBench(t);
  let fails = false;
  const trained = stage({
    name: "trained",
    module: import.meta.url,
    run: (_, __, {workspace}) => {
      const checkpoints = readdirSync(workspace);
      writeFileSync(join(workspace, "checkpoint"), "");
      if (fails) throw new Error("out of memory");
      return {checkpoints};
    }
  });
  const first = await bench.open().resolve(trained());
  fails = true;
  await assert.rejects(bench.open().resolve(trained(), {fresh: true}), /out of memory/);
  assert.deepEqual((await bench.open().resolve(trained())).provenance, first.provenance);
  fails = false;
  const again = await bench.open().resolve(trained(), {fresh: true});
  assert.deepEqual([again.source, again.value], ["computed", {checkpoints: []}]);
});

test("an aborted pipeline starts nothing, and the stage that runs is told", async (t) => {
  const bench = createBench(t);
  const controller = new AbortController();
  const pipeline = bench.open({
    signal: controller.signal,
    onEvent: ({type}) => type === "start" && setImmediate(() => controller.abort(new Error("interrupted")))
  });
  await assert.rejects(pipeline.resolve(resumable()), (error) => String(error).includes("abort"));
  await assert.rejects(pipeline.resolve(images()), /interrupted/);
  const [key] = readdirSync(join(bench.cacheDir, "work"));
  assert.deepEqual(readdirSync(join(bench.cacheDir, "work", key)), ["half"]);
  assert.deepEqual(readdirSync(join(bench.cacheDir, "locks")), []);
});

test("a cache folder that cannot be written is a clear error, before anything is computed", async (t) => {
  const bench = createBench(t);
  writeFileSync(bench.cacheDir, "a file in the way");
  await assert.rejects(bench.open().resolve(images()), (error) => {
    assert.ok(error instanceof UserError);
    assert.match(error.message, /Cannot write .*cache.*CACHE_DIR/s);
    return true;
  });
  assert.deepEqual(bench.ran(), []);
});

for (const code of ["ENOSPC", "EROFS"] as const) {
  test(`${code} while a result is stored is a clear error, and nothing half-written is found later`, async (t) => {
    const bench = createBench(t);
    const {writeFile} = fs;
    const full = t.mock.method(fs, "writeFile", async (...args: Parameters<typeof writeFile>) => {
      await writeFile(args[0], "half");
      throw Object.assign(new Error(`${code}: write`), {code});
    });
    await assert.rejects(bench.open().resolve(images()), (error) => {
      assert.ok(error instanceof UserError);
      assert.match(error.message, /CACHE_DIR|free some space/);
      return true;
    });
    full.mock.restore();
    assert.equal((await bench.open().resolve(images())).source, "computed");
    assert.deepEqual(bench.ran(), ["images", "images"]);
  });
}

test("without data the published result is used, and what is cheap is computed from it", async (t) => {
  const bench = createBench(t);
  await bench.open().publish(training({run}));
  bench.removeData();
  bench.ran();
  const elsewhere = bench.open({cacheDir: join(bench.folder, "other cache")});
  const {value, source, drift} = await elsewhere.resolve(training({run}));
  assert.deepStrictEqual(value, {weights: Float32Array.of(2, 4, 6), loss: NaN});
  assert.deepEqual([source, drift], ["published", undefined]);
  const sum = await elsewhere.resolve(metrics({run}));
  assert.deepEqual([sum.value, sum.source], [{sum: 12}, "computed"]);
  assert.deepEqual(bench.ran(), ["metrics"]);
});

test("with the data, loaders still prefer the published result, and the study computes", async (t) => {
  const bench = createBench(t);
  await bench.open().publish(training({run}));
  bench.ran();
  const cacheDir = join(bench.folder, "other cache");
  assert.equal((await bench.open({cacheDir}).resolve(training({run}))).source, "published");
  assert.equal((await bench.open({cacheDir, policy: "computed"}).resolve(training({run}))).source, "computed");
  assert.deepEqual(bench.ran(), ["images", "training"]);
});

test("the study falls back on the published result where it cannot compute", async (t) => {
  const bench = createBench(t);
  await bench.open().publish(training({run}));
  bench.removeData();
  const pipeline = bench.open({cacheDir: join(bench.folder, "other cache"), policy: "computed"});
  assert.equal((await pipeline.resolve(training({run}))).source, "published");
  assert.match((await pipeline.plan(training({run}))).blocked?.message ?? "", /There are no images/);
});

test("a published result of other data or of an earlier revision is shown with its drift", async (t) => {
  const bench = createBench(t);
  await bench.open().publish(training({run}));
  await bench.open().publish(versioned(1));
  bench.provideData("other data");
  const elsewhere = bench.open({cacheDir: join(bench.folder, "other cache")});
  assert.deepEqual((await elsewhere.resolve(training({run}))).drift?.changed, ["input images"]);
  assert.deepEqual((await elsewhere.resolve(versioned(2))).drift?.changed, ["revision: 1 -> 2"]);
});

test("a cheap published stage does not make a build train a network", async (t) => {
  const bench = createBench(t);
  const curve = stage({
    name: "curve",
    module: import.meta.url,
    publish: true,
    inputs: () => ({versioned: stage({name: "secret", module: import.meta.url, revision: 1, run: () => ({x: 1})})()}),
    run: ({versioned}) => versioned.x
  });
  await bench.open().publish(curve());
  const cacheDir = join(bench.folder, "other cache");
  assert.equal((await bench.open({cacheDir}).resolve(curve())).source, "published");
  assert.equal((await bench.open({cacheDir, policy: "computed"}).resolve(curve())).source, "computed");
  assert.equal((await bench.open({cacheDir}).resolve(curve())).source, "store");
});

test("no result and no way to compute one names what is missing and the command to run", async (t) => {
  const bench = createBench(t);
  await bench.open().publish(training({run}));
  bench.removeData();
  await assert.rejects(bench.open().resolve(metrics({run: {id: "a", epochs: 5}})), (error) => {
    assert.ok(error instanceof UserError);
    assert.match(error.message, /^metrics\/a cannot be computed here, since images cannot: There are no images;/);
    assert.match(error.message, /published result of training\/a is for other parameters: epochs: 2 -> 5/);
    assert.match(error.message, /Set FIXTURE_DATA\.\n {2}Then run `npm run study`/);
    return true;
  });
});

test("an error of a stage is the error of the resolution, also when there is a published result", async (t) => {
  const bench = createBench(t);
  const broken = (fails: boolean) =>
    stage({
      name: "broken",
      module: import.meta.url,
      publish: true,
      run: () => {
        if (fails) throw new TypeError("a bug");
        return 1;
      }
    })();
  await bench.open().publish(broken(false));
  const elsewhere = bench.open({cacheDir: join(bench.folder, "other cache")});
  await assert.rejects(elsewhere.resolve(broken(true)), TypeError);
  assert.ok(bench.events.some((event) => event.type === "fail" && event.message === "a bug"));
});

test("a result that cannot be stored is refused with its place", async (t) => {
  const bench = createBench(t);
  const odd = stage({name: "odd", module: import.meta.url, run: () => ({when: new Date(0)})});
  await assert.rejects(bench.open().resolve(odd()), /Date cannot be stored \(at \.when\)/);
  mkdirSync(bench.cacheDir, {recursive: true});
  assert.deepEqual(readdirSync(join(bench.cacheDir, "locks")), []);
});
