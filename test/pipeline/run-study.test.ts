import assert from "node:assert/strict";
import {existsSync} from "node:fs";
import {join} from "node:path";
import test from "node:test";
import {runStudy, type StudyReport} from "../../src/lib/pipeline/run-study.js";
import {UserError} from "../../src/lib/support/errors.js";
import {training} from "./fixtures/stages.js";
import {nodes} from "./fixtures/study.js";
import {createBench} from "./setup.js";

const source = (argument: object) => ({module: new URL("./fixtures/study.ts", import.meta.url).href, argument});
const statuses = ({outcomes}: StudyReport) => Object.fromEntries(outcomes.map(({id, status}) => [id, status]));
const study = nodes({});

test("a study computes what is missing, in order, and finds it the next time", async (t) => {
  const bench = createBench(t);
  const report = await runStudy(study, {pipeline: bench.open({policy: "computed"})});
  assert.deepEqual(bench.ran(), ["images", "training", "metrics", "training", "metrics"]);
  assert.equal(report.exitCode, 0);
  assert.match(report.text, /^5 results: 5 computed\.$/);
  const again = await runStudy(study, {pipeline: bench.open({policy: "computed"})});
  assert.deepEqual(statuses(again), {"metrics/a": "store", "metrics/b": "store"});
  assert.deepEqual(bench.ran(), []);
});

test("only restricts the targets to a stage or a result and what it needs", async (t) => {
  const bench = createBench(t);
  const report = await runStudy(study, {pipeline: bench.open({policy: "computed"}), only: ["training/b"]});
  assert.deepEqual(statuses(report), {images: "computed", "training/b": "computed"});
  await assert.rejects(runStudy(study, {pipeline: bench.open(), only: ["nothing"]}), UserError);
});

test("fresh computes the targets again and nothing else", async (t) => {
  const bench = createBench(t);
  await runStudy(study, {pipeline: bench.open({policy: "computed"})});
  bench.ran();
  const report = await runStudy(study, {pipeline: bench.open({policy: "computed"}), only: ["metrics/a"], fresh: true});
  assert.deepEqual(bench.ran(), ["metrics"]);
  assert.deepEqual(statuses(report), {"training/a": "store", "metrics/a": "computed"});
});

test("publish writes all results that may be published, also those in the store", async (t) => {
  const bench = createBench(t);
  await runStudy(study, {pipeline: bench.open({policy: "computed"}), only: ["metrics/a"]});
  const {published} = await runStudy(study, {pipeline: bench.open({policy: "computed"}), publish: true});
  assert.deepEqual(
    published,
    ["a", "b"].map((id) => join(bench.publishedDir, "training", `${id}.json`))
  );
  assert.ok(published.every((path) => existsSync(path)));
});

test("what cannot run here but is published is reported and is no failure; without a published result it is one", async (t) => {
  const bench = createBench(t);
  await bench.open().publish(training({run: {id: "a", epochs: 2}}));
  bench.removeData();
  const pipeline = bench.open({cacheDir: join(bench.folder, "other cache"), policy: "computed"});
  const good = await runStudy(study, {pipeline, only: ["metrics/a"]});
  assert.deepEqual(statuses(good), {"training/a": "published", "metrics/a": "computed"});
  assert.equal(good.exitCode, 0);
  assert.match(good.text, /published: training\/a: not run here: .*There are no images/);
  const bad = await runStudy(study, {pipeline, only: ["metrics"]});
  assert.deepEqual(statuses(bad), {"metrics/a": "store", "metrics/b": "failed"});
  assert.equal(bad.exitCode, 1);
  assert.match(bad.text, /failed: metrics\/b: There are no images\n +Set FIXTURE_DATA/);
});

test("a failure stops what depends on it and nothing else", async (t) => {
  const bench = createBench(t);
  const report = await runStudy(nodes({failing: "bug"}), {pipeline: bench.open({policy: "computed"})});
  const {"failing/bug": failing, "after-failure/bug": after, ...others} = statuses(report);
  assert.deepEqual([failing, after], ["failed", "skipped"]);
  assert.deepEqual(new Set(Object.values(others)), new Set(["computed"]));
  assert.equal(report.exitCode, 1);
  assert.match(report.text, /7 results: 5 computed, 1 failed, 1 skipped/);
  assert.match(report.text, /failed: failing\/bug: Error: a bug\n\s+at /);
  assert.match(report.text, /\n +1 result waits for it\.$/);
});

test("two jobs compute in processes of their own, and their events come back", async (t) => {
  const bench = createBench(t);
  const pipeline = bench.open({policy: "computed"});
  const report = await runStudy(study, {pipeline, jobs: 2, source: source({})});
  assert.equal(report.text, "5 results: 5 computed.");
  assert.deepEqual(bench.ran().sort(), ["images", "metrics", "metrics", "training", "training"]);
  assert.deepEqual((await bench.open().resolve(study[1])).value, {sum: 18});
  assert.ok(bench.events.some((event) => event.type === "progress" && event.id === "training/b"));
});

test("a worker process that dies is a failed node, an error in it keeps its stack", async (t) => {
  const bench = createBench(t);
  const pipeline = bench.open({policy: "computed"});
  const only = ["after-failure"];
  const crash = await runStudy(nodes({failing: "crash"}), {
    pipeline,
    only,
    jobs: 2,
    source: source({failing: "crash"})
  });
  assert.deepEqual(statuses(crash), {"failing/crash": "failed", "after-failure/crash": "skipped"});
  assert.match(crash.text, /The process that computed failing\/crash was killed by SIGKILL/);
  const bug = await runStudy(nodes({failing: "bug"}), {pipeline, only, jobs: 2, source: source({failing: "bug"})});
  assert.match(bug.text, /failed: failing\/bug: Error: a bug\n\s+at .*stages\.ts/);
});

test("an interrupted study says that it continues, and starts nothing more", async (t) => {
  const bench = createBench(t);
  const pipeline = bench.open({policy: "computed", signal: AbortSignal.abort(new UserError("Interrupted."))});
  const report = await runStudy(study, {pipeline});
  assert.equal(report.exitCode, 130);
  assert.equal(report.text, "5 results: 5 not computed yet.\nInterrupted: the same command continues.");
  assert.deepEqual(bench.ran(), []);
});

for (const jobs of [1, 2]) {
  test(
    "a result that its stage finds not to be sound is told, now and the next time, and is no " +
      `success (${jobs} jobs)`,
    async (t) => {
      const bench = createBench(t);
      const options = {only: ["unsound"], jobs, source: source({unsound: true})};
      for (const status of ["computed", "store"]) {
        const report = await runStudy(nodes({unsound: true}), {...options, pipeline: bench.open({policy: "computed"})});
        assert.deepEqual([statuses(report), report.exitCode], [{unsound: status}, 1]);
        assert.match(report.text, /\n {2}not sound: unsound: The loss is 4282\.$/);
      }
    }
  );
}

test("an interruption reaches the worker processes, whose checkpoints stay and are continued from", async (t) => {
  const bench = createBench(t);
  const controller = new AbortController();
  const pipeline = bench.open({
    policy: "computed",
    signal: controller.signal,
    onEvent: (event) => event.type === "log" && event.message === "half done" && controller.abort()
  });
  const options = {only: ["resumable"], jobs: 2, source: source({hanging: true})};
  const stopped = await runStudy(nodes({hanging: true}), {...options, pipeline});
  assert.deepEqual([statuses(stopped), stopped.exitCode], [{resumable: "interrupted"}, 130]);
  await runStudy(nodes({hanging: true}), {...options, pipeline: bench.open({policy: "computed"})});
  assert.deepEqual((await bench.open().resolve(nodes({hanging: true})[0])).value, {continuedFrom: "epoch 3"});
});

test("an interruption ends a worker that is busy and would save nothing", async (t) => {
  const bench = createBench(t);
  const controller = new AbortController();
  const pipeline = bench.open({
    policy: "computed",
    signal: controller.signal,
    onEvent: (event) =>
      event.type === "log" && event.message === "busy" && controller.abort(new UserError("Interrupted."))
  });
  const options = {pipeline, only: ["failing"], jobs: 2, source: source({failing: "hang"})};
  const stopped = await runStudy(nodes({failing: "hang"}), options);
  assert.deepEqual([statuses(stopped), stopped.exitCode], [{"failing/hang": "interrupted"}, 130]);
  assert.match(stopped.text, /Interrupted: the same command continues/);
});

test("explain runs nothing", async (t) => {
  const bench = createBench(t);
  const report = await runStudy(study, {pipeline: bench.open(), only: ["training"], explain: true});
  assert.match(report.text, /training\/a would run\n {2}- no earlier result/);
  assert.match(report.text, /training\/b would run\n.*\n {2}images would run \(see above\)$/);
  assert.deepEqual(bench.ran(), []);
});
