import assert from "node:assert/strict";
import {test} from "node:test";
import {chosenRun, runOptions} from "../../../docs/components/shared/run-choice.js";

const first = {run: "b", title: "B", score: 2};
const choices = {
  runs: [
    {run: "a", title: "A"},
    {run: "b", title: "B"}
  ],
  first
};

/** A file of the other runs that counts how often it is read. */
function file() {
  const read = {count: 0};
  const json = async <T>() => {
    ++read.count;
    return {runs: [{run: "a", title: "A", score: 1}]} as T;
  };
  return {read, json};
}

test("the other runs are loaded only for one of them", async () => {
  const rest = file();
  assert.equal(runOptions(choices).value, choices.runs[1]);
  assert.equal(await chosenRun(choices.runs[1], choices, rest), first);
  assert.equal(await chosenRun(null, {runs: [], first: null}, rest), null);
  assert.equal(rest.read.count, 0);
  assert.deepEqual(await chosenRun(choices.runs[0], choices, rest), {run: "a", title: "A", score: 1});
  assert.equal(rest.read.count, 1);
});
