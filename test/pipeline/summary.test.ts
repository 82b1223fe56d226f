import assert from "node:assert/strict";
import test from "node:test";
import {type Outcome, summarise} from "../../src/lib/pipeline/summary.js";

const none = {published: 0, interrupted: false};
const many = (count: number, outcome: Omit<Outcome, "id">, name = "a"): Outcome[] =>
  Array.from({length: count}, (_, i) => ({id: `stage/${name}${i}`, ...outcome}));

/** Lines of a terminal of 80 columns. */
const height = (text: string) =>
  text.split("\n").reduce((sum, line) => sum + Math.max(1, Math.ceil(line.length / 80)), 0);

test("each failure is told once, with how many results wait for it however far down the chain", () => {
  const outcomes: Outcome[] = [
    ...many(40, {status: "computed"}, "fine"),
    {id: "training/x", status: "failed", message: "There is no memory.\n  Close something."},
    ...many(12, {status: "skipped", root: "training/x"}, "waiting"),
    ...many(9, {status: "failed", message: "The weights are not here."}, "blocked")
  ];
  assert.equal(
    summarise(outcomes, none),
    [
      "62 results: 40 computed, 10 failed, 12 skipped.",
      "  failed: training/x: There is no memory.",
      "    Close something.",
      "    12 results wait for it.",
      "  failed: stage/blocked0 and 8 more: The weights are not here."
    ].join("\n")
  );
});

test("an interrupted study of many results says so in two lines", () => {
  const outcomes = [...many(3, {status: "computed"}, "fine"), ...many(300, {status: "interrupted"})];
  assert.equal(
    summarise(outcomes, {published: 0, interrupted: true}),
    "303 results: 3 computed, 300 not computed yet.\nInterrupted: the same command continues."
  );
});

test("the summary fits a screen, however many reasons there are and however long each is", () => {
  for (const words of [1, 40, 400]) {
    const reasons = Array.from({length: 200}, (_, i) =>
      many(2, {status: "failed", message: `${i} ${"word ".repeat(words)}\n  And what to do.`}, `r${i}-`)
    );
    const text = summarise(reasons.flat(), {published: 3, interrupted: true});
    assert.match(text, /and \d+ other reasons\./);
    if (words < 400) assert.ok(height(text) <= 22, `${height(text)} lines`);
    const shown = [...text.matchAll(/failed: stage\/r/g)].length;
    assert.equal(shown + Number(/and (\d+) other reasons/.exec(text)![1]), 200, "every reason is shown or counted");
  }
});

test("failures come before what is not sound, and that before what is only not run here", () => {
  const text = summarise(
    [
      {id: "c", status: "published", message: "not run here: no images"},
      {id: "b", status: "computed", warning: "The training diverged."},
      {id: "a", status: "failed", message: "No."}
    ],
    none
  );
  assert.deepEqual(text.split("\n").slice(1), [
    "  failed: a: No.",
    "  not sound: b: The training diverged.",
    "  published: c: not run here: no images"
  ]);
});
