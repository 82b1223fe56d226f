import assert from "node:assert/strict";
import test from "node:test";
import {toRows} from "../../src/lib/dataset/rows.js";
import {logLoss} from "../../src/lib/measures/calibration.js";
import {evaluate} from "../../src/lib/evaluation/evaluate.js";
import {reflected} from "../../src/lib/evaluation/resampled.js";
import {mulberry32} from "../../src/lib/measures/random.js";
import {both, near, reference} from "../measures/reference.js";

const options = {resamples: 300, seed: 1};
const classes = ["a", "b", "c"];

function drawn(n: number, strength: number) {
  const random = mulberry32(n);
  const labels = Int32Array.from({length: n}, (_, i) => i % 3);
  const probabilities = Float32Array.from(
    [...labels].flatMap((label) => {
      const raw = [0, 1, 2].map((k) => Math.exp(strength * (random() + Number(k === label))));
      return raw.map((value) => value / (raw[0] + raw[1] + raw[2]));
    })
  );
  return {rows: toRows(Int32Array.from(labels.keys())), labels, classes, probabilities};
}

test("every measure lies within its interval, and shares say what they are shares of", () => {
  const {overall, perClass, confusion} = evaluate(drawn(90, 3), options);
  const areas = perClass.flatMap(({f1, rocAuc, averagePrecision}) => [f1, rocAuc!, averagePrecision!]);
  for (const [name, {value, low, high}] of [...Object.entries(overall), ...areas.entries()]) {
    assert.ok(low <= value && value <= high, `${name}: ${low} ${value} ${high}`);
  }
  assert.deepEqual([overall.accuracy.n, perClass[0].recall.n], [90, 30]);
  assert.equal(perClass[1].recall.k, confusion[1][1]);
});

/**
 * Images whose class is drawn with the probabilities that are given them: what is seen of their miscalibration is
 * noise.
 */
function calibrated(n: number, seed: number) {
  const images = drawn(n, 3);
  const random = mulberry32(seed);
  const labels = images.labels.map((_, i) => {
    const [first, second] = images.probabilities.subarray(3 * i);
    const u = random();
    return u < first ? 0 : u < first + second ? 1 : 2;
  });
  return {...images, labels};
}

test("the interval of the expected calibration error holds its value also where that is noise alone", () => {
  for (const seed of [1, 2, 3, 4]) {
    const {value, low, high} = evaluate(calibrated(90, seed), options).overall.expectedCalibrationError;
    assert.ok(0 <= low && low < value && value <= high, `${low} ${value} ${high}`);
  }
});

test("percentiles are reflected at the value, and go neither below 0 nor past it", () => {
  const ends = (value: number, low: number, high: number) => {
    const reflection = reflected({value, low, high});
    near(reflection.low, Math.max(0, 2 * value - high));
    return [reflection.low <= value, reflection.high];
  };
  assert.deepEqual(ends(0.5, 0.25, 0.625), [true, 0.75]);
  assert.deepEqual(ends(0.25, 0.3125, 0.75), [true, 0.25]);
});

test("the temperature comes from the validation images, not from those that are judged", () => {
  const [test, validation] = [drawn(90, 8), drawn(300, 8)];
  const [first, second] = [validation, drawn(300, 2)].map((other) => evaluate(test, options, other).calibrated!);
  assert.notEqual(first.temperature, second.temperature);
  assert.ok(first.logLoss < logLoss(test.probabilities, test.labels));
  assert.equal(evaluate(test, options).calibrated, null);
});

test("the curves have the areas that are reported, the one below straight lines and the other below steps", () => {
  const {curves, perClass} = evaluate(drawn(90, 3), options);
  curves.forEach(({roc, precisionRecall}, k) => {
    assert.deepEqual([roc[0].truePositiveRate, roc.at(-1)!.falsePositiveRate], [0, 1]);
    const trapezia = roc.slice(1).map((to, i) => {
      const from = roc[i];
      return ((to.truePositiveRate + from.truePositiveRate) / 2) * (to.falsePositiveRate - from.falsePositiveRate);
    });
    near(
      trapezia.reduce((a, b) => a + b),
      perClass[k].rocAuc!.value
    );
    const steps = precisionRecall.slice(1).map((to, i) => to.precision * (to.recall - precisionRecall[i].recall));
    near(
      steps.reduce((a, b) => a + b),
      perClass[k].averagePrecision!.value
    );
  });
});

test("a class without images has no areas, and nothing is known of its recall", () => {
  const {labels, ...rest} = drawn(60, 3);
  const {perClass} = evaluate({...rest, labels: labels.map((label) => label % 2)}, options);
  assert.deepEqual(perClass[2].recall, {value: 0, low: 0, high: 1, k: 0, n: 0});
  assert.deepEqual([perClass[2].rocAuc, perClass[2].averagePrecision], [null, null]);
  assert.ok(perClass[0].rocAuc);
});

test("the estimates equal scikit-learn's", () => {
  const {labels} = reference;
  for (const {probabilities, expected} of both) {
    const {overall, perClass} = evaluate(
      {
        rows: toRows(Int32Array.from(labels.keys())),
        labels: Int32Array.from(labels),
        classes: ["a", "b", "c", "d"],
        // In double precision, as the reference.
        probabilities: Float64Array.from(probabilities) as unknown as Float32Array
      },
      options
    );
    for (const [name, averages] of [
      ["macro", expected.macro],
      ["weighted", expected.weighted]
    ] as const) {
      near(overall[`${name}Precision`].value, averages[0]);
      near(overall[`${name}Recall`].value, averages[1]);
      near(overall[`${name}F1`].value, averages[2]);
    }
    near(overall.balancedAccuracy.value, expected.balanced_accuracy);
    near(overall.accuracy.value, expected.accuracy);
    near(overall.kappa.value, expected.cohen_kappa);
    near(overall.mcc.value, expected.matthews_corrcoef);
    near(overall.logLoss.value, expected.log_loss);
    near(overall.brier.value, expected.brier_multiclass);
    near(overall.expectedCalibrationError.value, expected.expected_calibration_error_15_equal_width);
    perClass.forEach(({recall, precision, f1, rocAuc, averagePrecision}, k) => {
      near(precision.value, expected.precision[k]);
      near(f1.value, expected.f1[k]);
      near(recall.low, expected.recall_clopper_pearson_95[k][0]);
      near(rocAuc!.value, expected.roc_auc_ovr[k]);
      near(averagePrecision!.value, expected.average_precision[k]);
    });
  }
});

test("the scores of validation are those of the validation images, and null without any", () => {
  const [test, validation] = [drawn(90, 3), drawn(300, 1)];
  const own = evaluate(validation, options).overall;
  const {accuracy, macroF1, weightedF1} = evaluate(test, options, validation).validation!;
  near(accuracy, own.accuracy.value);
  near(macroF1, own.macroF1.value);
  near(weightedF1, own.weightedF1.value);
  assert.equal(evaluate(test, options).validation, null);
});

test("every resample has as many images of each class as there are", () => {
  const images = drawn(30, 3);
  const labels = images.labels.map((_, i) => (i < 6 ? 0 : i < 15 ? 1 : 2));
  const probabilities = Float32Array.from({length: 90}, (_, at) => [0.2, 0.5, 0.3][at % 3]);
  const {value, low, high} = evaluate({...images, labels, probabilities}, options).overall.weightedRecall;
  assert.deepEqual([value, low, high], [0.3, 0.3, 0.3]);
});
