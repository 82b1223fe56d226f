import assert from "node:assert/strict";
import test from "node:test";
import {accuracy, type Averages, classification, macroF1} from "../../src/lib/measures/classification.js";
import {confusionMatrix} from "../../src/lib/measures/confusion.js";
import {near, reference} from "./reference.js";

test("measures of a small example are what one computes by hand", () => {
  const {classes, macro, kappa, mcc, ...rest} = classification([
    [3, 1],
    [2, 4]
  ]);
  assert.deepEqual(classes[0], {recall: 3 / 4, precision: 3 / 5, f1: 6 / 9, support: 4, predicted: 5, undefined: []});
  assert.deepEqual(classes[1], {recall: 4 / 6, precision: 4 / 5, f1: 8 / 11, support: 6, predicted: 5, undefined: []});
  near(macro.f1, (6 / 9 + 8 / 11) / 2);
  near(rest.weighted.recall, 0.7);
  near(rest.accuracy, 0.7);
  near(rest.balancedAccuracy, (3 / 4 + 4 / 6) / 2);
  near(kappa, (0.7 - 0.5) / 0.5);
  near(mcc, (3 * 4 - 2 * 1) / Math.sqrt(5 * 4 * 5 * 6));
  assert.deepEqual(rest.undefined, []);
});

test("what has a zero denominator is 0, as in scikit-learn, and says so", () => {
  const result = classification(confusionMatrix([0, 0, 1, 1, 2], [0, 1, 1, 1, 1], 4));
  assert.deepEqual(
    result.classes.map((measures) => measures.undefined),
    [[], [], ["precision"], ["recall", "precision", "f1"]]
  );
  near(result.macro.precision, 0.5);
  near(result.macro.recall, 0.5);
  near(result.macro.f1, 4 / 9);
  near(result.weighted.precision, 0.6);
  near(result.weighted.f1, 0.5333333333333333);
  near(result.balancedAccuracy, 0.5);
  near(result.kappa, 0.33333333333333337);
  near(result.mcc, 0.44194173824159216);
});

test("macro means are those of the classes that occur, as true or as predicted", () => {
  const perfect = [
    [0, 0, 0],
    [0, 3, 0],
    [0, 0, 5]
  ];
  assert.deepEqual(classification(perfect).macro, {recall: 1, precision: 1, f1: 1});
  assert.equal(macroF1(perfect), 1);
  const mistaken = [
    [0, 0, 0],
    [1, 2, 0],
    [0, 0, 5]
  ];
  near(classification(mistaken).macro.f1, (0 + 4 / 5 + 1) / 3);
  near(macroF1(mistaken), (0 + 4 / 5 + 1) / 3);
});

test("agreement beyond chance is undefined when all is one class", () => {
  const {
    kappa,
    mcc,
    accuracy,
    undefined: names
  } = classification([
    [5, 0],
    [0, 0]
  ]);
  assert.deepEqual({kappa, mcc, accuracy, names}, {kappa: 0, mcc: 0, accuracy: 1, names: ["kappa", "mcc"]});
  assert.deepEqual(
    classification([
      [3, 0],
      [2, 0]
    ]).undefined,
    ["mcc"]
  );
  assert.throws(() => classification([[0]]), /confusion matrix is empty\.\n.*predictions for this split/);
});

test("the quick measures equal the full ones", () => {
  const confusion = [
    [5, 1, 0],
    [2, 7, 3],
    [0, 0, 0]
  ];
  near(macroF1(confusion), classification(confusion).macro.f1);
  near(accuracy(confusion), classification(confusion).accuracy);
});

/** Precision, recall and F1, as scikit-learn orders them. */
function sameAverages({precision, recall, f1}: Averages, expected: number[]) {
  [precision, recall, f1].forEach((value, i) => near(value, expected[i]));
}

test("where a class is never predicted and another never occurs, measures equal scikit-learn's all the same", () => {
  const {labels, predicted, macro, weighted, ...expected} = reference.sparse;
  const result = classification(confusionMatrix(labels, predicted, 4));
  near(result.kappa, expected.kappa);
  near(result.mcc, expected.mcc);
  near(result.balancedAccuracy, expected.balanced_accuracy);
  sameAverages(result.macro, macro);
  sameAverages(result.weighted, weighted);
});

test("all measures equal scikit-learn's", () => {
  for (const expected of [reference.a, reference.b]) {
    const result = classification(expected.confusion_matrix);
    result.classes.forEach(({recall, precision, f1, support}, k) => {
      near(recall, expected.recall[k]);
      near(precision, expected.precision[k]);
      near(f1, expected.f1[k]);
      assert.equal(support, expected.support[k]);
    });
    near(result.accuracy, expected.accuracy);
    near(result.balancedAccuracy, expected.balanced_accuracy);
    for (const name of ["macro", "weighted"] as const) sameAverages(result[name], expected[name]);
    near(result.kappa, expected.cohen_kappa);
    near(result.mcc, expected.matthews_corrcoef);
  }
});

test("a class that is predicted as often as it occurs has an F1, and only one that does neither has none", () => {
  const {classes} = classification([
    [3, 1, 0],
    [1, 2, 0],
    [0, 0, 0]
  ]);
  assert.deepEqual(
    classes.map((measures) => measures.undefined),
    [[], [], ["recall", "precision", "f1"]]
  );
});
