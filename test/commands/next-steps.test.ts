import assert from "node:assert/strict";
import {test} from "node:test";
import {nextSteps} from "../../src/commands/next-steps.js";
import type {StudyReport} from "../../src/lib/pipeline/run-study.js";

const report = (exitCode: number, ...statuses: StudyReport["outcomes"][number]["status"][]): StudyReport => ({
  outcomes: statuses.map((status, i) => ({id: `stage/${i}`, status})),
  published: [],
  exitCode,
  text: ""
});
const folder = {name: "folder", path: "my images/it's"} as const;

test("a study that went well leads to its report", () => {
  assert.deepEqual(nextSteps(report(0, "computed"), {name: "covidx"}), ["The report: npm run build"]);
  assert.deepEqual(nextSteps(report(0, "store"), folder), [
    "The report: npm run build -- --dataset 'my images/it'\\''s'"
  ]);
});

test("one that failed is told how it goes on, and what can be shown already", () => {
  assert.deepEqual(nextSteps(report(1, "computed", "failed"), {name: "covidx"}), [
    "Mend what failed and run this again, which goes on from here: npm run study",
    "The report: npm run build"
  ]);
  assert.equal(nextSteps(report(1, "failed", "skipped"), {name: "covidx"}).length, 1);
});

test("one that was interrupted is told the command that continues it", () => {
  const interrupted = report(130, "computed", "interrupted");
  assert.deepEqual(nextSteps(interrupted, {name: "covidx"}), ["  npm run study"]);
  assert.deepEqual(nextSteps(interrupted, {name: "covidx"}, ["training", "map/a"]), [
    "  npm run study -- --only training --only map/a"
  ]);
});
