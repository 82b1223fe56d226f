import assert from "node:assert/strict";
import test from "node:test";
import {collect, runInOrder, select} from "../../src/lib/pipeline/schedule.js";
import {UserError} from "../../src/lib/support/errors.js";
import {metrics, training} from "./fixtures/stages.js";

const [a, b] = ["a", "b"].map((id) => metrics({run: {id, epochs: 1}}));
const ids = ["images", "training/a", "metrics/a", "training/b", "metrics/b"];

test("a study's nodes are collected with their inputs first, each once", () => {
  assert.deepEqual(
    collect([a, b, metrics({run: {id: "a", epochs: 1}})]).map(({id}) => id),
    ids
  );
});

test("two different nodes of the same id are refused", () => {
  assert.throws(
    () => collect([a, training({run: {id: "a", epochs: 9}})]),
    /Two different nodes have the id training\/a/
  );
});

test("nodes are selected by stage or by the beginning of their id, in whole segments", () => {
  const named = (...names: string[]) => select(collect([a, b]), names).map(({id}) => id);
  assert.deepEqual(named("training"), ["training/a", "training/b"]);
  assert.deepEqual(named("metrics/b", "images"), ["images", "metrics/b"]);
  assert.throws(
    () => named("train"),
    (error) => error instanceof UserError && /images, training, metrics/.test(error.message)
  );
});

test("one job works through the first branch before it begins the second", async () => {
  const order: string[] = [];
  await runInOrder(collect([a, b]), 1, (node, _, slot) => slot(async () => order.push(node.id)));
  assert.deepEqual(order, ids);
});

test("two jobs run independent nodes together and dependent ones in order", async () => {
  const log: string[] = [];
  let most = 0;
  let running = 0;
  await runInOrder(collect([a, b]), 2, (node, _, slot) =>
    slot(async () => {
      most = Math.max(most, ++running);
      log.push(`+${node.id}`);
      await new Promise((resolve) => setTimeout(resolve, 5));
      log.push(`-${node.id}`);
      --running;
    })
  );
  assert.equal(most, 2);
  for (const [first, second] of [
    ["images", "training/a"],
    ["images", "training/b"],
    ["training/b", "metrics/b"]
  ]) {
    assert.ok(log.indexOf(`-${first}`) < log.indexOf(`+${second}`), `${first} before ${second}`);
  }
});

test("a node is given the outcomes of its inputs", async () => {
  const outcomes = await runInOrder<string>(collect([a]), 1, async ({id}, inputs) => `${id}(${inputs.join()})`);
  assert.equal(outcomes.at(-1), "metrics/a(training/a(images()))");
});
