import assert from "node:assert/strict";
import {test} from "node:test";
import {holm} from "../../../src/lib/evaluation/holm.js";
import {baseline} from "../../../src/report/results/baselines.js";
import {apart} from "../../../src/report/results/apart.js";
import {comparison} from "../../../src/report/results/compare.js";
import {correctedComparisons} from "../../../src/report/results/corrected.js";
import {evaluation} from "../../../src/report/results/evaluate.js";
import {probeEvaluation} from "../../../src/report/results/probe.js";
import {publishedIntervals} from "../../../src/report/results/published-intervals.js";
import {predictions} from "../../../src/report/runs/run.js";
import {study} from "../../../src/study.js";
import {alone, sureOf} from "../alone.js";

const published = (id: string) => predictions({study, run: study.runs.find((run) => run.id === id)!});
const [a, b, c] = ["mobilenetv2-0.35-imagenet-1", "mobilenetv2-0.35-random-1", "xception-imagenet-1"].map(published);
/** Declared, and published by nobody. */
const missing = published("densenet121-imagenet-original-1");

test("images that only the first gets right are told apart from those that only the second does, by row", () => {
  const labels = [0, 0, 1, 1];
  const rows = [7, 3, 9, 4];
  const [first, second] = [
    [0, 0, 0, 1],
    [0, 1, 1, 0]
  ].map((chosen) => sureOf(chosen, labels, {rows}));
  assert.deepEqual(alone(apart({study, a, b}), {a: first, b: second}), {onlyA: [3, 4], onlyB: [9]});
});

const compared = (p: number) => ({macroF1: {p}, weightedF1: {p: p / 2}, mcnemar: {p: p * 2}});
const corrected = (others: (typeof a)[], p: number[]) => {
  const node = correctedComparisons({study, table: "results", a, others});
  return alone(node, Object.fromEntries(others.map(({id}, i) => [`of ${id}`, compared(p[i])])));
};

test("p-values are corrected for one another, each kind of test apart and each under its own comparison", () => {
  const thumbnail = baseline({study, baseline: "thumbnail"});
  const found = corrected([b, thumbnail, c], [0.04, 0.01, 0.03]);
  assert.deepEqual(found.macroF1, holm([0.04, 0.01, 0.03]));
  assert.deepEqual(found.weightedF1, holm([0.02, 0.005, 0.015]));
  assert.deepEqual(found.mcnemar, holm([0.08, 0.02, 0.06]));
});

test("what this machine has besides does not change the correction of what every build has", () => {
  const [withMore, without] = [corrected([b, missing, c], [0.04, 0.5, 0.03]), corrected([b, c], [0.04, 0.03])];
  assert.deepEqual([withMore.macroF1[0], withMore.macroF1[2]], without.macroF1);
  assert.equal(withMore.macroF1[1], 0.5, "corrected for the family and itself");
});

test("a comparison is of the two that it is named after, the first less the second", () => {
  const {inputs} = correctedComparisons({study, table: "results", a, others: [b]});
  const [{inputs: pair}] = Object.values(inputs);
  assert.deepEqual([pair.a.id, pair.b.id], [a.id, b.id]);
});

test("images that two get apart are told of the two that are named, and not of others", () => {
  const {id, inputs} = apart({study, a, b});
  assert.deepEqual([id, inputs.a.id, inputs.b.id], [`apart/${a.id}/${b.id}`, a.id, b.id]);
});

test("every interval of the results is of the study's own number of resamples and seed", () => {
  const {bootstrap} = study.analyses;
  const figures = {id: "theirs", title: "Theirs", classes: ["x"], confusion: [[1]]};
  const nodes = [
    comparison({study, a, b}),
    evaluation({study, run: study.runs[0]}),
    probeEvaluation({study, model: "xception"})
  ];
  for (const {params} of nodes) assert.deepEqual(params, bootstrap);
  assert.deepEqual((publishedIntervals({study, figures}).params as {bootstrap: object}).bootstrap, bootstrap);
  assert.equal(publishedIntervals({study, figures}).id, "published-intervals/theirs");
  assert.equal(probeEvaluation({study, model: "xception"}).inputs.predictions.id, "probe/xception");
  assert.equal(correctedComparisons({study, table: "results", a, others: [b]}).id, "corrected-comparisons/results");
});
