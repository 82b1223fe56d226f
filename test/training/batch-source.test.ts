import assert from "node:assert/strict";
import {spawnSync} from "node:child_process";
import {test} from "node:test";
import type {Worker} from "node:worker_threads";
import {toPositions, toRows} from "../../src/lib/dataset/rows.js";
import {mulberry32} from "../../src/lib/measures/random.js";
import type {BatchSource} from "../../src/lib/training/batch-source.js";
import {batchSource} from "../../src/lib/training/batch-source.js";
import type {BatchJob, BatchSettings, PreparedBatch} from "../../src/lib/training/prepare.js";
import {prepare} from "../../src/lib/training/prepare.js";

const [size, count] = [16, 12];
const random = mulberry32(1);
const pixels = {
  size,
  rows: toRows(Int32Array.from({length: count}, (_, i) => i)),
  labels: Int32Array.from({length: count}, (_, i) => i % 2),
  data: Uint8Array.from({length: count * size * size}, () => 256 * random())
};
const settings: BatchSettings = {
  seed: 1,
  classes: 2,
  mixup: 0.4,
  augmentation: {flip: true, rotate: 10, zoom: 1.1, lighting: 0.2}
};
const jobs: BatchJob[] = Array.from({length: 7}, (_, step) => ({
  positions: toPositions(Int32Array.of(step, step + 1, 11 - step)),
  epoch: Math.floor(step / 4),
  step: step % 4
}));
const impossible = {...jobs[0], positions: toPositions(Int32Array.of(count))};

/** Threads that were started since. */
function startedThreads(): Worker[] {
  const started: Worker[] = [];
  process.on("worker", (worker) => started.push(worker));
  return started;
}

async function take(source: BatchSource, n: number): Promise<PreparedBatch[]> {
  const taken: PreparedBatch[] = [];
  while (taken.length < n) taken.push(await source.next());
  return taken;
}

test("batches come in order, the same with any number of threads", async () => {
  const expected = jobs.map((job) => prepare(pixels, job, settings));
  for (const threads of [0, 1, 3]) {
    const source = batchSource(pixels, settings, jobs, {threads});
    assert.deepEqual(await take(source, jobs.length), expected);
    assert.ok(source.waited > 0);
    await source.close();
  }
});

test("jobs are read as far as batches are prepared ahead, and not at all without threads", async () => {
  for (const [threads, ahead, expected] of [
    [1, 3, 3],
    [0, 3, 0]
  ]) {
    let read = 0;
    const counted = (function* () {
      for (const job of jobs) yield (++read, job);
    })();
    const source = batchSource(pixels, settings, counted, {threads, ahead});
    assert.equal(read, expected);
    await take(source, 2);
    assert.equal(read, expected + 2);
    await source.close();
  }
});

test("after the last batch the source says that there are no more", async () => {
  for (const threads of [0, 1]) {
    const source = batchSource(pixels, settings, jobs.slice(0, 1), {threads});
    await source.next();
    await assert.rejects(source.next(), /no more batches/);
    await source.close();
  }
});

test("an error in a thread is thrown where its batch is asked for, and only there", async () => {
  const source = batchSource(pixels, settings, [jobs[0], impossible, jobs[1]], {threads: 1});
  assert.deepEqual(await source.next(), prepare(pixels, jobs[0], settings));
  await assert.rejects(source.next(), {name: "RangeError", message: "There is no image 12 among 12."});
  assert.deepEqual(await source.next(), prepare(pixels, jobs[1], settings));
  await source.close();
});

test("an error of the jobs is thrown where the batch is asked for", async () => {
  const failing = (function* () {
    yield jobs[0];
    throw new Error("lost count");
  })();
  const source = batchSource(pixels, settings, failing, {threads: 1});
  await source.next();
  await assert.rejects(source.next(), /lost count/);
  await source.close();
});

test("a thread that dies fails the batches that wait for it", async () => {
  const threads = startedThreads();
  const source = batchSource(pixels, settings, jobs, {threads: 1});
  await new Promise(setImmediate);
  await threads[0].terminate();
  await assert.rejects(take(source, jobs.length), /ended with code/);
  await source.close();
});

test("closing ends every thread and fails who still waits", async () => {
  const threads = startedThreads();
  const source = batchSource(pixels, settings, jobs, {threads: 2, ahead: 0});
  const waiting = assert.rejects(source.next(), /was closed/);
  await source.close();
  await waiting;
  assert.deepEqual(
    threads.map(({threadId}) => threadId),
    [-1, -1]
  );
  await assert.rejects(source.next(), /no more batches/);
});

test("a source that is left open lets the process end, but not while somebody waits", () => {
  const program = `
    const {batchSource} = await import(${JSON.stringify(new URL("../../src/lib/training/batch-source.ts", import.meta.url))});
    const pixels = {size: 2, rows: Int32Array.of(0), labels: Int32Array.of(0), data: Uint8Array.of(0, 255, 0, 255)};
    const job = {positions: Int32Array.of(0), epoch: 0, step: 0};
    const settings = {seed: 1, classes: 1, mixup: 0, augmentation: {}};
    const source = batchSource(pixels, settings, [job, job, job], {threads: 1});
    console.log((await source.next()).images);`;
  const args = ["--import", import.meta.resolve("tsx"), "--input-type=module", "-e", program];
  const {status, stdout, stderr} = spawnSync(process.execPath, args, {encoding: "utf8", timeout: 60_000});
  assert.deepEqual([status, stdout.trim()], [0, "Float32Array(4) [ 0, 1, 0, 1 ]"], stderr);
});
