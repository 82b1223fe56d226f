import assert from "node:assert/strict";
import test from "node:test";
import {createBudget} from "../../../src/lib/dataset/decode/budget.js";

test("work under way never holds more than the limit, and starts in the order of asking", async () => {
  const budget = createBudget(10);
  const [started, finish]: [number[], (() => void)[]] = [[], []];
  let [held, most] = [0, 0];
  const sizes = [6, 5, 4, 10, 1, 1];
  const all = Promise.all(
    sizes.map((bytes, i) =>
      budget.hold(bytes, async () => {
        started.push(i);
        held += bytes;
        most = Math.max(most, held);
        await new Promise<void>((done) => finish.push(done));
        held -= bytes;
      })
    )
  );
  for (let i = 0; i < sizes.length; ++i) {
    await new Promise((soon) => setImmediate(soon));
    finish[i]();
  }
  await all;
  assert.deepEqual(started, [0, 1, 2, 3, 4, 5]);
  assert.equal(most, 10);
});

test("what fails gives its bytes back", async () => {
  const budget = createBudget(1);
  await assert.rejects(
    budget.hold(1, () => Promise.reject(new Error("broken"))),
    /broken/
  );
  assert.equal(await budget.hold(1, async () => "works"), "works");
});
