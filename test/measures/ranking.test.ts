import assert from "node:assert/strict";
import {readFileSync} from "node:fs";
import test from "node:test";
import {ranking, rankingCurves} from "../../src/lib/measures/ranking.js";
import {weightedScores} from "../../src/lib/measures/weighted.js";
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
  const [{roc, precisionRecall}] = rankingCurves(binary([0.9, 0.8, 0.8, 0.3]), [0, 1, 0, 1]);
  assert.deepEqual(roc, [
    {falsePositiveRate: 0, truePositiveRate: 0},
    {falsePositiveRate: 0, truePositiveRate: 0.5},
    {falsePositiveRate: 0.5, truePositiveRate: 1},
    {falsePositiveRate: 1, truePositiveRate: 1}
  ]);
  assert.deepEqual(precisionRecall, [
    {recall: 0, precision: 1},
    {recall: 0.5, precision: 1},
    {recall: 1, precision: 2 / 3}
  ]);
  assert.deepEqual(rankingCurves(binary([0.5, 0.3]), [0, 0])[0], {roc: [], precisionRecall: []});
});

/** What scikit-learn says of scores: made by the program beside it. */
const {cases} = JSON.parse(readFileSync(new URL("./fixtures/ranking.json", import.meta.url), "utf8")) as {
  cases: Record<"scores" | "positive" | "precision" | "recall" | "fpr" | "tpr", number[]>[] &
    {name: string; average_precision: number; roc_auc: number}[];
};

for (const {name, scores, positive, ...expected} of cases) {
  const labels = positive.map((is) => 1 - is);
  const [{roc, precisionRecall}] = rankingCurves(binary(scores), labels);

  test(`scikit-learn's areas are those that are reported, below both curves and resampled: ${name}`, () => {
    const [{rocAuc, averagePrecision}] = ranking(binary(scores), labels);
    near(averagePrecision, expected.average_precision);
    near(rocAuc, expected.roc_auc);
    const whole = weightedScores(binary(scores), labels)(scores.map(() => 1));
    near(whole.averagePrecision[0], expected.average_precision);
    near(whole.rocAuc[0], expected.roc_auc);
    const steps = precisionRecall
      .slice(1)
      .map(({recall, precision}, i) => precision * (recall - precisionRecall[i].recall));
    near(
      steps.reduce((a, b) => a + b),
      expected.average_precision
    );
    const trapezia = roc.slice(1).map((to, i) => {
      const from = roc[i];
      return ((to.truePositiveRate + from.truePositiveRate) / 2) * (to.falsePositiveRate - from.falsePositiveRate);
    });
    near(
      trapezia.reduce((a, b) => a + b),
      expected.roc_auc
    );
  });

  test(`the steps hold the precision that scikit-learn has at every recall: ${name}`, () => {
    // Of several precisions at one recall the highest is had by showing no more images than it takes.
    const best = new Map<number, number>();
    expected.recall.forEach((recall, i) => best.set(recall, Math.max(best.get(recall) ?? 0, expected.precision[i])));
    for (const [recall, precision] of best) {
      if (recall === 0) continue; // scikit-learn ends there with a point of its own
      near(precisionRecall.find((point) => point.recall >= recall - 1e-12)!.precision, precision);
    }
    assert.equal(precisionRecall[0].recall, 0);
    assert.equal(precisionRecall.at(-1)!.recall, 1);
    assert.ok(
      precisionRecall.every(({precision}, i) => i < 2 || precision !== precisionRecall[i - 1].precision),
      "a point that is no corner"
    );
  });

  test(
    "the corners of the receiver operating characteristic are some of scikit-learn's, and all of " +
      `its lie between: ${name}`,
    () => {
      const theirs = expected.fpr.map((x, i) => ({x, y: expected.tpr[i]}));
      const ours = roc.map(({falsePositiveRate, truePositiveRate}) => ({x: falsePositiveRate, y: truePositiveRate}));
      for (const {x, y} of ours)
        assert.ok(
          theirs.some((at) => Math.hypot(at.x - x, at.y - y) < 1e-12),
          `${x}, ${y}`
        );
      for (const at of theirs) {
        const off = Math.min(...ours.slice(1).map((to, i) => distance(at, ours[i], to)));
        assert.ok(off < 1e-9, `${at.x}, ${at.y}`);
      }
      assert.ok(
        ours.slice(2).every((at, i) => distance(ours[i + 1], ours[i], at) > 1e-9),
        "a point that is no corner"
      );
    }
  );
}

type Place = Record<"x" | "y", number>;

/** Of a point from a segment. */
function distance(at: Place, from: Place, to: Place): number {
  const [dx, dy] = [to.x - from.x, to.y - from.y];
  const along = Math.max(0, Math.min(1, ((at.x - from.x) * dx + (at.y - from.y) * dy) / (dx ** 2 + dy ** 2)));
  return Math.hypot(at.x - from.x - along * dx, at.y - from.y - along * dy);
}

test("a straight line between two points of the steps would show more than there is", () => {
  const [few] = cases;
  const [{precisionRecall}] = rankingCurves(
    binary(few.scores),
    few.positive.map((is) => 1 - is)
  );
  const trapezia = precisionRecall.slice(1).map(({recall, precision}, i) => {
    const from = precisionRecall[i];
    return ((precision + from.precision) / 2) * (recall - from.recall);
  });
  assert.ok(trapezia.reduce((a, b) => a + b) > few.average_precision + 0.01);
});
