import assert from "node:assert/strict";
import test from "node:test";
import {clopperPearson} from "../../src/lib/measures/interval.js";
import {operatingPoint, outcomesAt} from "../../src/lib/measures/threshold.js";
import {near} from "./reference.js";

const cases = [0.9, 0.5, 0.2, 0.5, 0.49, 0.1, 0.8].map((probability, image) => ({
  image,
  probability,
  isOfClass: image < 3
}));

test("an image at the threshold is called positive, and each is on the side of its class", () => {
  assert.deepEqual(outcomesAt(cases, 0.5), {
    truePositives: [0, 1],
    falseNegatives: [2],
    falsePositives: [3, 6],
    trueNegatives: [4, 5]
  });
});

test("predictive values follow from Bayes' rule at the prevalence that is asked for, not at that of the images", () => {
  const {sensitivity, specificity, positive, negative} = operatingPoint(outcomesAt(cases, 0.5), 0.1);
  assert.deepEqual(sensitivity, clopperPearson(2, 3));
  assert.deepEqual(specificity, clopperPearson(2, 4));
  near(positive.value, ((2 / 3) * 0.1) / ((2 / 3) * 0.1 + 0.5 * 0.9));
  near(negative.value, (0.5 * 0.9) / (0.5 * 0.9 + (1 / 3) * 0.1));
});

test("predictive values end where sensitivity and specificity are both at their worst and at their best", () => {
  const {positive, negative} = operatingPoint(outcomesAt(cases, 0.5), 0.1);
  const [se, sp] = [clopperPearson(2, 3, Math.sqrt(0.95)), clopperPearson(2, 4, Math.sqrt(0.95))];
  for (const end of ["low", "high"] as const) {
    near(positive[end], (se[end] * 0.1) / (se[end] * 0.1 + (1 - sp[end]) * 0.9));
    near(negative[end], (sp[end] * 0.9) / (sp[end] * 0.9 + (1 - se[end]) * 0.1));
  }
});

test("of a class without images there is no sensitivity, and of nothing but its images no specificity", () => {
  const none = {truePositives: [], falseNegatives: [], falsePositives: [], trueNegatives: []};
  const without = operatingPoint({...none, falsePositives: [1], trueNegatives: [2]}, 0.1);
  assert.deepEqual([without.sensitivity.value, without.specificity.value], [NaN, 0.5]);
  const alone = operatingPoint({...none, truePositives: [1], falseNegatives: [2]}, 0.1);
  assert.deepEqual([alone.sensitivity.value, alone.specificity.value], [0.5, NaN]);
});
