import type {Estimate} from "../../lib/measures/interval.js";
import type {evaluate, Predictions} from "../../lib/evaluation/evaluate.js";
import {argmax} from "../../lib/measures/predictions.js";
import type {Result} from "../../lib/pipeline/index.js";
import {brief, round, rounded, shorten} from "../shared/rounding.js";
import {sourceOf} from "../shared/support.js";
import type {ReliabilityPoint, RunDetail, RunResult} from "./artifact.js";

type Evaluated = ReturnType<typeof evaluate>;

/** The scores of a classifier, with fewer digits. */
export function present({run, title}: {run: string; title: string}, result: Result<Evaluated>): RunResult {
  const {overall, perClass, calibrated, validation} = result.value;
  const scores = Object.fromEntries(Object.entries(overall).map(([name, estimate]) => [name, shorten(estimate)]));
  return {
    run,
    title,
    images: overall.accuracy.n!,
    ...(scores as Record<keyof typeof overall, Estimate>),
    calibrated: calibrated && {
      temperature: round(calibrated.temperature),
      logLoss: round(calibrated.logLoss),
      brier: round(calibrated.brier),
      expectedCalibrationError: round(calibrated.expectedCalibrationError)
    },
    validation,
    perClass: perClass.map(({recall, precision, f1, rocAuc, averagePrecision, ...rest}) => ({
      ...rest,
      recall: shorten(recall),
      precision: shorten(precision),
      f1: shorten(f1),
      rocAuc: rocAuc && shorten(rocAuc),
      averagePrecision: averagePrecision && shorten(averagePrecision)
    })),
    source: sourceOf(result)
  };
}

/** The same with what the classifier says of every image. */
export function presentDetail(
  named: {run: string; title: string},
  result: Result<Evaluated>,
  {rows, labels, classes, probabilities}: Predictions
): RunDetail {
  const {confusion, curves, reliability, calibrated} = result.value;
  const chosen = argmax(probabilities, classes.length);
  const behind = (actual: number, guess: number) =>
    Array.from(rows.filter((_, i) => labels[i] === actual && chosen[i] === guess));
  return {
    ...present(named, result),
    confusion: confusion.flatMap((row, actual) => {
      const total = row.reduce((a, b) => a + b);
      return row.map((count, guess) => ({
        actual: classes[actual],
        predicted: classes[guess],
        count,
        share: round(count / Math.max(1, total)),
        rows: behind(actual, guess)
      }));
    }),
    predictions: {
      row: Array.from(rows),
      actual: Array.from(labels),
      predicted: Array.from(chosen),
      probabilities: Array.from(rows, (_, i) =>
        Array.from(probabilities.subarray(i * classes.length, (i + 1) * classes.length), brief)
      )
    },
    curves: curves.map(({roc, precisionRecall}) => ({
      falsePositiveRate: rounded(
        roc.map(({falsePositiveRate}) => falsePositiveRate),
        3
      ),
      truePositiveRate: rounded(
        roc.map(({truePositiveRate}) => truePositiveRate),
        3
      ),
      recall: rounded(
        precisionRecall.map(({recall}) => recall),
        3
      ),
      precision: rounded(
        precisionRecall.map(({precision}) => precision),
        3
      )
    })),
    reliability: {raw: filled(reliability), calibrated: calibrated && filled(calibrated.reliability)}
  };
}

const filled = (bins: Evaluated["reliability"]): ReliabilityPoint[] =>
  bins.flatMap(({count, confidence, accuracy}) =>
    count ? [{count, confidence: round(confidence!), accuracy: round(accuracy!)}] : []
  );
