import assert from "node:assert/strict";
import {test} from "node:test";
import {above, all, cannotTell, type Claim, judge, said, type Strength} from "../../src/lib/study/claims.js";

test("an interval supports what it lies above, and speaks against what it lies below", () => {
  const interval = {low: 0.7, high: 0.8};
  assert.deepEqual(
    [0.6, 0.7, 0.75, 0.8, 0.9].map((value) => above(interval, value)),
    ["supported", "cannot tell", "cannot tell", "cannot tell", "not supported"]
  );
});

test("one part that does not hold decides, then one that cannot be told", () => {
  assert.equal(all(["supported", "cannot tell", "not supported"]), "not supported");
  assert.equal(all(["supported", "cannot tell"]), "cannot tell");
  assert.equal(all(["supported", "supported"]), "supported");
  assert.equal(all([]), "cannot tell");
});

const claim = (id: string): Claim<{score: number | null}> => ({
  id,
  statement: "It is good.",
  source: "Somebody",
  strength: "observation",
  test: ({score}) =>
    score === null
      ? cannotTell("It has no score.")
      : {status: score > 0.5 ? "supported" : "not supported", because: `Its score is ${score}.`}
});

test("a claim flips when the evidence does", () => {
  const status = (score: number | null) => judge([claim("good")], {score})[0].status;
  assert.deepEqual([status(0.9), status(0.1), status(null)], ["supported", "not supported", "cannot tell"]);
  assert.deepEqual(judge([claim("good")], {score: 0.9}), [
    {
      id: "good",
      statement: "It is good.",
      source: "Somebody",
      strength: "observation",
      status: "supported",
      because: "Its score is 0.9."
    }
  ]);
});

test("what a claim rests on follows from what was done", () => {
  const strengthOf = (strength?: Strength[]) =>
    judge([{...claim("good"), test: () => ({status: "supported", because: "", strength})}], {score: 1})[0].strength;
  assert.equal(strengthOf(), "observation");
  assert.equal(strengthOf(["over seeds", "paired test"]), "over seeds, paired test");
});

test("two claims of one name are a mistake", () => {
  assert.throws(() => judge([claim("a"), claim("a")], {score: 1}), /Two claims are called a/);
});

test("a sentence that is broken over lines in the source is one line", () => {
  const {because, figures} = said`Of ${3} runs
      all have ${{text: "0.5", of: {a: "x", b: "y"}}}
      or more.`;
  assert.equal(because, "Of 3 runs all have 0.5 or more.");
  assert.equal(figures.length, 1);
});
