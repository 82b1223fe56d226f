import assert from "node:assert/strict";
import {test} from "node:test";
import {compare} from "../../../src/lib/evaluation/compare.js";
import {evaluate} from "../../../src/lib/evaluation/evaluate.js";
import type {Result} from "../../../src/lib/pipeline/index.js";
import type {RunResult} from "../../../src/report/results/artifact.js";
import {present, presentComparison, presentDetail, presentRuns} from "../../../src/report/results/present.js";
import {shorten} from "../../../src/report/shared/rounding.js";
import {study} from "../../../src/study.js";
import {sureOf} from "../alone.js";

const provenance = {id: "evaluation/a", key: "k", code: "c", date: "d", seconds: 1};
const result = <T>(value: T) => ({value, provenance, source: "store"}) as unknown as Result<T>;
const options = {resamples: 50, seed: 1};
const named = {run: "a", title: "A"};

/** Five images of three classes by row; the third of the first class is taken for the second, and of the last none. */
const labels = [0, 0, 0, 1, 1];
const classes = ["x", "y", "z"];
const predicted = sureOf([0, 0, 1, 1, 1], labels, {classes, rows: [9, 7, 5, 3, 1]});
const validation = sureOf([0, 1, 1], [0, 0, 1], {classes});
const scored = evaluate(predicted, options, validation);

test("a classifier is shown with its own scores, those of validation beside them, and no more of its calibration", () => {
  const shown = present(named, result(scored));
  const {temperature, logLoss, brier, expectedCalibrationError} = scored.calibrated!;
  assert.deepEqual(shown.calibrated, shorten({temperature, logLoss, brier, expectedCalibrationError}));
  assert.deepEqual([shown.run, shown.title, shown.images], ["a", "A", 5]);
  assert.deepEqual(shown.validation, scored.validation);
  assert.deepEqual(shown.macroF1, shorten(scored.overall.macroF1));
  assert.deepEqual(shown.perClass, shorten(scored.perClass));
  assert.equal(shown.source.id, "evaluation/a");
  assert.equal(present(named, result(evaluate(predicted, options))).calibrated, null);
});

test("a cell of the confusion matrix has the rows of its own images, and its share of its true class", () => {
  const {confusion} = presentDetail(named, result(scored), predicted);
  const cell = (actual: string, guess: string) =>
    confusion.find((one) => one.actual === actual && one.predicted === guess);
  assert.deepEqual(cell("x", "x"), {actual: "x", predicted: "x", count: 2, share: 0.666666, rows: [9, 7]});
  assert.deepEqual(cell("x", "y"), {actual: "x", predicted: "y", count: 1, share: 0.333333, rows: [5]});
  assert.deepEqual(cell("y", "y"), {actual: "y", predicted: "y", count: 2, share: 1, rows: [3, 1]});
  assert.deepEqual(cell("z", "z"), {actual: "z", predicted: "z", count: 0, share: 0, rows: []});
});

test("every image is shown with its own row, class, prediction and probabilities", () => {
  assert.deepEqual(presentDetail(named, result(scored), predicted).predictions, {
    row: [9, 7, 5, 3, 1],
    actual: labels,
    predicted: [0, 0, 1, 1, 1],
    probabilities: [
      [1, 0, 0],
      [1, 0, 0],
      [0, 1, 0],
      [0, 1, 0],
      [0, 1, 0]
    ]
  });
});

test("curves are drawn by their own coordinates, and bins without images are left out", () => {
  const {curves, reliability} = presentDetail(named, result(scored), predicted);
  const {roc, precisionRecall} = scored.curves[0];
  assert.deepEqual(curves[0], {
    falsePositiveRate: roc.map((one) => shorten(one.falsePositiveRate, 3)),
    truePositiveRate: roc.map((one) => shorten(one.truePositiveRate, 3)),
    recall: precisionRecall.map((one) => shorten(one.recall, 3)),
    precision: precisionRecall.map((one) => shorten(one.precision, 3))
  });
  assert.deepEqual(reliability.raw, [{count: 5, confidence: 1, accuracy: 0.8}]);
  assert.equal(reliability.calibrated!.length, 1);
  assert.equal(presentDetail(named, result(evaluate(predicted, options)), predicted).reliability.calibrated, null);
});

test("a comparison says which images only the first gets right, and which p-values are corrected, of its own place", () => {
  const second = sureOf([0, 1, 0, 0, 0], labels, {classes, rows: [9, 7, 5, 3, 1]});
  const compared = compare(predicted, second, options);
  const apart = {onlyA: [7, 3, 1], onlyB: [5]};
  const corrected = {macroF1: [0.1, 0.2], mcnemar: [0.3, 0.4]};
  const shown = presentComparison([named, {run: "b", title: "B"}], result(compared), {corrected, i: 1, rows: apart});
  assert.deepEqual([shown.a, shown.b], [named, {run: "b", title: "B"}]);
  assert.deepEqual([shown.mcnemar.onlyA, shown.mcnemar.onlyB], [3, 1]);
  assert.deepEqual([shown.apart, shown.holm], [apart, {macroF1: 0.2, mcnemar: 0.4}]);
  assert.deepEqual(
    [shown.accuracy, shown.macroF1, shown.weightedF1],
    shorten([compared.accuracy, compared.macroF1, compared.weightedF1])
  );
});

test("of the runs that differ in the seed alone the best on validation leads, and one leads its network", () => {
  const of = (id: string) => study.runs.find((run) => run.id === id)!;
  const judged = (id: string, weightedF1: number) =>
    ({run: id, title: id, validation: {accuracy: 0, macroF1: 0, weightedF1}}) as unknown as RunResult;
  const scores = {
    "mobilenetv2-0.35-imagenet-1": 0.7,
    "mobilenetv2-0.35-imagenet-2": 0.8,
    "mobilenetv2-0.35-random-1": 0.6,
    "mobilenetv2-0.35-random-2": 0.5,
    "xception-imagenet-1": 0.4
  };
  const results = Object.entries(scores).map(([id, score]) => judged(id, score));
  const shown = presentRuns(Object.keys(scores).map(of), results);
  assert.deepEqual(
    shown.map(({run, leads, leadsNetwork}) => [run, leads, leadsNetwork]),
    [
      ["mobilenetv2-0.35-imagenet-1", false, false],
      ["mobilenetv2-0.35-imagenet-2", true, true],
      ["mobilenetv2-0.35-random-1", true, false],
      ["mobilenetv2-0.35-random-2", false, false],
      ["xception-imagenet-1", true, true]
    ]
  );
  const {model, start, page, fraction} = shown[2];
  assert.deepEqual([model, start, page, fraction], ["mobilenetv2_0.35", "random", "mobilenetv2-0-35", 1]);
});
