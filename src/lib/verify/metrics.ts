import {readFileSync} from "node:fs";
import {z} from "zod";
import {brier, expectedCalibrationError, logLoss} from "../measures/calibration.js";
import {classification} from "../measures/classification.js";
import {confusionMatrix} from "../measures/confusion.js";
import {clopperPearson, wilson} from "../measures/interval.js";
import {mcnemar} from "../evaluation/mcnemar.js";
import {argmax} from "../measures/predictions.js";
import {ranking} from "../measures/ranking.js";
import {UserError} from "../support/errors.js";
import type {Checker} from "./checker.js";
import {relativeError} from "./checker.js";

const numbers = z.array(z.number());
const intervals = z.array(z.tuple([z.number(), z.number()]));
const expected = z.object({
  confusion_matrix: z.array(numbers),
  precision: numbers,
  recall: numbers,
  f1: numbers,
  support: numbers,
  accuracy: z.number(),
  balanced_accuracy: z.number(),
  macro_f1: z.number(),
  weighted_f1: z.number(),
  cohen_kappa: z.number(),
  matthews_corrcoef: z.number(),
  log_loss: z.number(),
  roc_auc_ovr: numbers,
  average_precision: numbers,
  brier_multiclass: z.number(),
  expected_calibration_error_15_equal_width: z.number(),
  recall_wilson_95: intervals,
  recall_clopper_pearson_95: intervals
});
const schema = z.object({
  labels: z.array(z.int().min(0)).min(1),
  probabilities_a: z.array(numbers),
  probabilities_b: z.array(numbers),
  a: expected,
  b: expected,
  mcnemar_exact: z.object({table: z.array(numbers), p: z.number()})
});

type Measures = z.infer<typeof expected>;

/** Double precision throughout: this much is lost to the order of sums. */
const tolerance = 1e-9;

/** Every metric of two classifiers of the same rows, as scikit-learn and statsmodels compute them. */
export const metrics: Checker = {
  kind: "metrics",
  recognises: (content) => "probabilities_a" in content && "mcnemar_exact" in content,
  check: async (path) => {
    const reference = schema.safeParse(JSON.parse(readFileSync(path, "utf8")));
    if (!reference.success) {
      throw new UserError(`It is not a reference of metrics: ${z.prettifyError(reference.error)}`);
    }
    const {labels, probabilities_a, probabilities_b, a, b, mcnemar_exact} = reference.data;
    const [rowsA, rowsB] = [probabilities_a, probabilities_b].map((rows) => rows.map(normalised));
    const {table, p} = mcnemar(labels, ...([rowsA, rowsB].map(predictionsOf) as [Int32Array, Int32Array]));
    const errors = [
      ...errorsOf("a", measure(rowsA, labels), a),
      ...errorsOf("b", measure(rowsB, labels), b),
      ...errorsOf("mcnemar_exact", {table, p}, mcnemar_exact)
    ];
    const worst = errors.reduce((worst, one) => (one.error > worst.error ? one : worst));
    const detail = `largest of ${errors.length} values: ${worst.name}`;
    return {what: "classification metrics", error: worst.error, tolerance, detail};
  }
};

/** The file lists probabilities with six digits; rows must sum to one. */
const normalised = (row: number[]) => row.map((value) => value / row.reduce((sum, other) => sum + other, 0));

const predictionsOf = (rows: number[][]) => argmax(rows.flat(), rows[0].length);

/** Our measures under the reference's names. */
function measure(rows: number[][], labels: number[]): Measures {
  const probabilities = rows.flat();
  const confusion = confusionMatrix(labels, predictionsOf(rows), rows[0].length);
  const {classes, accuracy, balancedAccuracy, macro, weighted, kappa, mcc} = classification(confusion);
  const areas = ranking(probabilities, labels);
  const ends = (interval: typeof wilson) =>
    classes.map(({support}, k): [number, number] => {
      const {low, high} = interval(confusion[k][k], support);
      return [low, high];
    });
  return {
    confusion_matrix: confusion,
    precision: classes.map(({precision}) => precision),
    recall: classes.map(({recall}) => recall),
    f1: classes.map(({f1}) => f1),
    support: classes.map(({support}) => support),
    accuracy,
    balanced_accuracy: balancedAccuracy,
    macro_f1: macro.f1,
    weighted_f1: weighted.f1,
    cohen_kappa: kappa,
    matthews_corrcoef: mcc,
    log_loss: logLoss(probabilities, labels),
    roc_auc_ovr: areas.map(({rocAuc}) => rocAuc ?? NaN),
    average_precision: areas.map(({averagePrecision}) => averagePrecision ?? NaN),
    brier_multiclass: brier(probabilities, labels),
    expected_calibration_error_15_equal_width: expectedCalibrationError(probabilities, labels, 15),
    recall_wilson_95: ends(wilson),
    recall_clopper_pearson_95: ends(clopperPearson)
  };
}

/** The error of every number of `expected`; one that is absent in `actual` has an infinite error. */
function errorsOf(name: string, actual: unknown, expected: unknown): {name: string; error: number}[] {
  if (typeof expected === "number") return [{name, error: relativeError(actual as number, expected)}];
  return Object.entries(expected as object).flatMap(([key, value]) =>
    errorsOf(`${name}.${key}`, (actual as Record<string, unknown> | undefined)?.[key], value)
  );
}
