import assert from "node:assert/strict";
import test from "node:test";
import {ranking, rankingCurves} from "../../src/lib/evaluation/ranking.js";
import {mulberry32} from "../../src/lib/support/random.js";
import {both, near, reference} from "./reference.js";

const binary = (scores: number[]) => scores.flatMap((score) => [score, 1 - score]);

test("tied scores count half, as in scikit-learn", () => {
  const [{rocAuc, averagePrecision}] = ranking(binary([0.9, 0.8, 0.8, 0.7, 0.3, 0.3, 0.1]), [0, 1, 0, 0, 1, 0, 1]);
  near(rocAuc, 0.75);
  near(averagePrecision, 0.7708333333333333);
});

test("perfect, reversed and constant scores have their known areas", () => {
  const labels = [0, 0, 1, 1];
  assert.deepEqual(ranking(binary([0.9, 0.8, 0.2, 0.1]), labels)[0], {rocAuc: 1, averagePrecision: 1});
  assert.equal(ranking(binary([0.1, 0.2, 0.8, 0.9]), labels)[0].rocAuc, 0);
  assert.deepEqual(ranking(binary([0.5, 0.5, 0.5, 0.5]), labels)[0], {rocAuc: 0.5, averagePrecision: 0.5});
});

test("an area that is not defined is null", () => {
  assert.deepEqual(ranking([0.5, 0.3, 0.2, 0.1, 0.7, 0.2], [0, 1])[2], {rocAuc: null, averagePrecision: null});
  assert.deepEqual(ranking(binary([0.5, 0.3]), [0, 0])[0], {rocAuc: null, averagePrecision: 1});
});

test("ranking measures equal scikit-learn's", () => {
  for (const {probabilities, expected} of both) {
    ranking(probabilities, reference.labels).forEach(({rocAuc, averagePrecision}, k) => {
      near(rocAuc, expected.roc_auc_ovr[k]);
      near(averagePrecision, expected.average_precision[k]);
    });
  }
});

test("the curves pass through what one counts by hand, ties as one step", () => {
  const [points] = rankingCurves(binary([0.9, 0.8, 0.8, 0.3]), [0, 1, 0, 1]);
  assert.deepEqual(points, [
    {threshold: Infinity, truePositiveRate: 0, falsePositiveRate: 0, precision: 1},
    {threshold: 0.9, truePositiveRate: 0.5, falsePositiveRate: 0, precision: 1},
    {threshold: 0.8, truePositiveRate: 1, falsePositiveRate: 0.5, precision: 2 / 3},
    {threshold: 0.3, truePositiveRate: 1, falsePositiveRate: 1, precision: 0.5}
  ]);
  assert.deepEqual(rankingCurves(binary([0.5, 0.3]), [0, 0])[0], []);
});

test("the curves' points are scikit-learn's, at every threshold", () => {
  const {class: k, thresholds, ...rates} = reference.curve;
  const points = rankingCurves(both[1].probabilities, reference.labels)[k].slice(1);
  assert.equal(points.length, thresholds.length);
  points.forEach(({threshold, falsePositiveRate, truePositiveRate, precision}, i) => {
    near(threshold, thresholds[i]);
    near(falsePositiveRate, rates.false_positive[i]);
    near(truePositiveRate, rates.true_positive[i]);
    near(precision, rates.precision[i]);
  });
});

test("the areas under the curves are the areas that are reported", () => {
  const random = mulberry32(2);
  const labels = Array.from({length: 60}, (_, i) => i % 2);
  const probabilities = binary(labels.map((label) => Math.round(20 * (0.4 * random() + 0.3 * label)) / 20));
  const [points] = rankingCurves(probabilities, labels);
  const [{rocAuc, averagePrecision}] = ranking(probabilities, labels);
  const steps = points.slice(1).map((to, i) => ({from: points[i], to}));
  const sum = (area: (step: (typeof steps)[number]) => number) => steps.reduce((total, step) => total + area(step), 0);
  near(
    sum(
      ({from, to}) =>
        ((to.truePositiveRate + from.truePositiveRate) / 2) * (to.falsePositiveRate - from.falsePositiveRate)
    ),
    rocAuc!
  );
  near(
    sum(({from, to}) => to.precision * (to.truePositiveRate - from.truePositiveRate)),
    averagePrecision!
  );
});
