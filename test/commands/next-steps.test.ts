import assert from "node:assert/strict";
import {test} from "node:test";
import {datasetOption, nextSteps} from "../../src/commands/next-steps.js";
import type {StudyReport} from "../../src/lib/pipeline/run-study.js";

const report = (exitCode: number, ...statuses: StudyReport["outcomes"][number]["status"][]): StudyReport => ({
  outcomes: statuses.map((status, i) => ({id: `stage/${i}`, status})),
  published: [],
  exitCode,
  text: ""
});
const folder = {name: "folder", path: "my images/it's"} as const;

test("the dataset is named as it was chosen, quoted where a shell needs it, and COVIDx not at all", () => {
  assert.equal(datasetOption({name: "covidx"}, undefined), "");
  assert.equal(datasetOption({name: "phantom", train: 60, test: 40, seed: 1}, "full"), " --dataset phantom --full");
  assert.equal(datasetOption({name: "folder", path: "/data/x_1.2"}, undefined), " --dataset /data/x_1.2");
  assert.equal(datasetOption(folder, undefined), " --dataset 'my images/it'\\''s'");
});

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
  assert.deepEqual(nextSteps(report(130, "computed", "interrupted"), {name: "covidx"}), ["  npm run study"]);
});
