import {bestOf} from "../../lib/evaluation/best.js";
import type {compare} from "../../lib/evaluation/compare.js";
import type {evaluate} from "../../lib/evaluation/evaluate.js";
import type {Predictions} from "../../lib/evaluation/predicted.js";
import {argmax} from "../../lib/measures/predictions.js";
import type {Result} from "../../lib/pipeline/index.js";
import type {Run} from "../../lib/study/schema.js";
import {brief, round, shorten} from "../shared/rounding.js";
import {sourceOf, startOf} from "../shared/support.js";
import {grouped} from "../shared/tables.js";
import {pageOf} from "./network-pages.js";
import type {Comparison, ReliabilityPoint, RunDetail, RunResult, StudyResult} from "./artifact.js";

type Evaluated = ReturnType<typeof evaluate>;

/** The scores of a classifier, with fewer digits. */
export function present({run, title}: {run: string; title: string}, result: Result<Evaluated>): RunResult {
  const {overall, perClass, calibrated, validation} = result.value;
  return {
    ...{run, title, images: overall.accuracy.n!, validation},
    ...shorten({...overall, perClass}),
    calibrated: calibrated && shorten(pick(calibrated)),
    source: sourceOf(result)
  };
}

const pick = ({temperature, logLoss, brier, expectedCalibrationError}: NonNullable<Evaluated["calibrated"]>) => ({
  ...{temperature, logLoss, brier, expectedCalibrationError}
});

/** Runs of the study, and where each stands among those that differ in the seed alone, and in its network. */
export function presentRuns(runs: readonly Run[], results: readonly RunResult[]): StudyResult[] {
  const found = results.map((result) => ({...runs.find(({id}) => id === result.run)!, validation: result.validation}));
  const best = (by: (run: Run) => Record<string, string | number>) =>
    new Set(grouped(found, by).map((alike) => bestOf(alike)?.id));
  const leads = best((run) => ({
    model: run.model,
    start: startOf(run),
    fraction: run.fraction,
    procedure: run.procedure
  }));
  const leadsNetwork = best(({model}) => ({model}));
  return found.map((run, i) => ({
    ...results[i],
    ...{model: run.model, start: startOf(run), page: pageOf(run.model), fraction: run.fraction},
    ...{leads: leads.has(run.id), leadsNetwork: leadsNetwork.has(run.id)}
  }));
}

/** The difference between two classifiers in one of the comparisons whose p-values have been corrected. */
export function presentComparison(
  [a, b]: readonly {run: string; title: string}[],
  result: Result<ReturnType<typeof compare>>,
  {corrected, i, rows}: {corrected: Record<"macroF1" | "mcnemar", number[]>; i: number; rows: Comparison["apart"]}
): Comparison {
  const {accuracy, macroF1, weightedF1, mcnemar} = result.value;
  return {
    ...{a: {run: a.run, title: a.title}, b: {run: b.run, title: b.title}},
    ...shorten({accuracy, macroF1, weightedF1}),
    mcnemar: {onlyA: mcnemar.table[0][1], onlyB: mcnemar.table[1][0], p: round(mcnemar.p)},
    apart: rows,
    holm: {macroF1: round(corrected.macroF1[i]), mcnemar: round(corrected.mcnemar[i])},
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
    curves: shorten(curves.map(columns), 3),
    reliability: {raw: filled(reliability), calibrated: calibrated && filled(calibrated.reliability)}
  };
}

const columns = ({roc, precisionRecall}: Evaluated["curves"][number]) => ({
  falsePositiveRate: roc.map(({falsePositiveRate}) => falsePositiveRate),
  truePositiveRate: roc.map(({truePositiveRate}) => truePositiveRate),
  recall: precisionRecall.map(({recall}) => recall),
  precision: precisionRecall.map(({precision}) => precision)
});

const filled = (bins: Evaluated["reliability"]): ReliabilityPoint[] =>
  bins.flatMap(({count, confidence, accuracy}) =>
    count ? [{count, confidence: round(confidence!), accuracy: round(accuracy!)}] : []
  );
