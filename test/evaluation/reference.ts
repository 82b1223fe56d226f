import assert from "node:assert/strict";
import {existsSync, readFileSync} from "node:fs";
import {join} from "node:path";

/** What scikit-learn and statsmodels say about two classifiers of the same 200 rows. */
export interface Reference {
  labels: number[];
  probabilities_a: number[][];
  probabilities_b: number[][];
  a: Expected;
  b: Expected;
  mcnemar_exact: {table: number[][]; p: number};
}

export interface Expected {
  confusion_matrix: number[][];
  precision: number[];
  recall: number[];
  f1: number[];
  support: number[];
  accuracy: number;
  balanced_accuracy: number;
  macro_f1: number;
  weighted_f1: number;
  cohen_kappa: number;
  matthews_corrcoef: number;
  log_loss: number;
  roc_auc_ovr: number[];
  average_precision: number[];
  brier_multiclass: number;
  expected_calibration_error_15_equal_width: number;
  recall_wilson_95: [number, number][];
  recall_clopper_pearson_95: [number, number][];
}

const path = join(process.env.REFERENCE_DIR ?? "", "metrics.json");

/** For a test's options: skips it, with the reason, where there is no reference. */
export const skip =
  !process.env.REFERENCE_DIR || !existsSync(path) ? "set REFERENCE_DIR to the folder of references" : false;

export const readMetrics = (): Reference => JSON.parse(readFileSync(path, "utf8"));

/** Both classifiers with what is expected of them. Their probabilities are listed with six digits: rows must sum to one. */
export function bothOf(reference: Reference): {probabilities: number[]; expected: Expected}[] {
  const normalised = (row: number[]) => row.map((value) => value / row.reduce((sum, other) => sum + other, 0));
  return [
    {probabilities: reference.probabilities_a.flatMap(normalised), expected: reference.a},
    {probabilities: reference.probabilities_b.flatMap(normalised), expected: reference.b}
  ];
}

export function near(actual: number | null, expected: number, tolerance = 1e-9): void {
  assert.ok(actual !== null && Math.abs(actual - expected) <= tolerance, `${actual} is not ${expected}`);
}
