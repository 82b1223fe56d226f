import assert from "node:assert/strict";
import test from "node:test";
import {concurrently} from "../../src/lib/dataset/concurrently.js";

test("every index is visited once, never more than the limit at a time", async () => {
  const visited: number[] = [];
  let [now, most] = [0, 0];
  await concurrently(
    20,
    async (i) => {
      most = Math.max(most, ++now);
      await new Promise(setImmediate);
      visited.push(i);
      --now;
    },
    3
  );
  assert.deepEqual(
    visited.sort((a, b) => a - b),
    Array.from({length: 20}, (_, i) => i)
  );
  assert.equal(most, 3);
});

test("a failure stops further work and is passed on", async () => {
  let started = 0;
  const work = async (i: number) => {
    ++started;
    await new Promise(setImmediate);
    if (i === 1) throw new Error("one");
  };
  await assert.rejects(concurrently(100, work, 2), {message: "one"});
  await new Promise((resolve) => setTimeout(resolve, 20));
  assert.ok(started <= 4, `${started} started`);
});

test("nothing to do is done", async () => {
  await concurrently(0, async () => assert.fail());
});
