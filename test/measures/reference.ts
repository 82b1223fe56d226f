import assert from "node:assert/strict";
import oracle from "../fixtures/oracles/classification.json" with {type: "json"};

/**
 * What scikit-learn and statsmodels say of two classifiers of the same images; of the second some probabilities are
 * equal.
 */
export const reference = oracle;

/** Both classifiers with what is expected of them. */
export const both = [
  {probabilities: oracle.probabilities_a.flat(), expected: oracle.a},
  {probabilities: oracle.probabilities_b.flat(), expected: oracle.b}
];

export function near(actual: number | null, expected: number, tolerance = 1e-9): void {
  assert.ok(actual !== null && Math.abs(actual - expected) <= tolerance, `${actual} is not ${expected}`);
}
