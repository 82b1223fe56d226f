import assert from "node:assert/strict";
import {test} from "node:test";
import {fall} from "../../../src/report/claims/fall.js";
import {study} from "../../../src/study.js";
import {alone, sureOf} from "../alone.js";

/** Images of two classes by turns, the first `wrong` of which are taken for the other. */
function predicted(images: number, wrong: number) {
  const labels = Array.from({length: images}, (_, i) => i % 2);
  return sureOf(
    labels.map((label, i) => (i < wrong ? 1 - label : label)),
    labels
  );
}
const node = fall({
  study: {...study, analyses: {...study.analyses, bootstrap: {resamples: 500, seed: 1}}},
  run: study.runs[0]
});
const fallOf = (validation: ReturnType<typeof sureOf>, test: ReturnType<typeof sureOf>) =>
  alone(node, {validation, test});

test("a fall is the score on validation less the one on test, and uncertain by both lists", () => {
  const known = fallOf(predicted(400, 0), predicted(400, 80));
  assert.ok(Math.abs(known.value - 0.2) < 1e-6, "80 of 400 wrong, alike in both classes");
  assert.ok(known.low > 0.15 && known.high < 0.25, "an interval of one uncertain list");
  assert.ok(Math.abs(fallOf(predicted(400, 80), predicted(400, 0)).value + 0.2) < 1e-6, "a rise is a negative fall");
  const both = fallOf(predicted(20, 2), predicted(400, 80));
  assert.ok(both.high - both.low > 2 * (known.high - known.low), "twenty images say less than four hundred");
  assert.equal(fallOf(predicted(20, 2), predicted(20, 2)).value, 0);
});

test("each list is the run's own: validation is not test", () => {
  assert.deepEqual(
    Object.values(node.inputs).map(({stage}) => stage),
    ["validation-predictions", "predictions"]
  );
});
