import assert from "node:assert/strict";
import {spawnSync} from "node:child_process";
import {existsSync, mkdirSync, utimesSync, writeFileSync} from "node:fs";
import {hostname} from "node:os";
import {dirname, join} from "node:path";
import test, {type TestContext} from "node:test";
import {withLock} from "../../src/lib/pipeline/lock.js";
import {UserError} from "../../src/lib/support/errors.js";
import {temporaryFolder} from "./setup.js";

function lockPath(t: TestContext, content?: unknown): string {
  const path = join(temporaryFolder(t), "locks", "key");
  mkdirSync(dirname(path));
  if (content !== undefined) writeFileSync(path, typeof content === "string" ? content : JSON.stringify(content));
  return path;
}

const old = (path: string, minutes: number) => utimesSync(path, new Date(), new Date(Date.now() - minutes * 60_000));

/** Whether the lock can be had without waiting. */
async function isFree(path: string): Promise<boolean> {
  const controller = new AbortController();
  const onWait = () => controller.abort();
  const attempt = () => withLock(path, async () => true, {signal: controller.signal, onWait});
  return attempt().catch(() => false);
}

test("work under the same lock never overlaps, and the lock is gone afterwards", async (t) => {
  const path = lockPath(t);
  let inside = 0;
  const overlaps: number[] = [];
  const work = async () => {
    overlaps.push(++inside);
    await new Promise((resolve) => setTimeout(resolve, 5));
    --inside;
  };
  await Promise.all(Array.from({length: 5}, () => withLock(path, work)));
  assert.deepEqual(overlaps, [1, 1, 1, 1, 1]);
  assert.equal(existsSync(path), false);
});

test("a failure releases the lock", async (t) => {
  const path = lockPath(t);
  await assert.rejects(
    withLock(path, () => Promise.reject(new Error("failed"))),
    /failed/
  );
  assert.ok(await isFree(path));
});

test("whoever waits for a lock and is interrupted is told so, with no stack of a timer", async (t) => {
  const path = lockPath(t);
  const controller = new AbortController();
  const reason = new UserError("Interrupted.");
  await withLock(path, async () => {
    const onWait = () => controller.abort(reason);
    const waiting = withLock(path, async () => true, {signal: controller.signal, onWait});
    await assert.rejects(waiting, (error) => error === reason);
  });
});

const here = {host: hostname(), started: ""};

/** Waits for a lock until it is taken over. */
const takesOver = (path: string) => withLock(path, async () => true, {signal: AbortSignal.timeout(5000)});

test("the lock of a dead process is taken over", async (t) => {
  const {pid} = spawnSync(process.execPath, ["--version"]);
  assert.ok(await takesOver(lockPath(t, {...here, pid})));
});

test(
  "the lock of a process whose number was given to another is taken over",
  {skip: !existsSync("/proc/self/stat")},
  async (t) => {
    assert.ok(await takesOver(lockPath(t, {...here, pid: process.ppid, started: "1"})));
  }
);

test("the lock of a living process is waited for", async (t) => {
  const path = lockPath(t);
  await withLock(path, async () => assert.equal(await isFree(path), false));
});

test("a lock from another machine holds while it shows signs of life", async (t) => {
  const path = lockPath(t, {host: "elsewhere", pid: 1, started: "1"});
  assert.equal(await isFree(path), false);
  old(path, 20);
  assert.ok(await takesOver(path));
});

test("a lock whose owner died before writing its name is taken over after a moment", async (t) => {
  const path = lockPath(t, "");
  assert.equal(await isFree(path), false);
  old(path, 1);
  assert.ok(await takesOver(path));
});
