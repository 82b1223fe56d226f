import {evaluation, type evaluate} from "../stages/evaluate.js";
import {probe, probedModels, probeEvaluation} from "../stages/probe.js";
import {predictions} from "../stages/run.js";
import {resolve} from "../lib/pipeline/index.js";
import {argmax} from "../lib/evaluation/predictions.js";
import {architecture} from "../lib/models/registry.js";
import {study} from "../study.js";
import {attempt, eachRun, round, rounded, sourceOf, titleOf} from "./support.js";
import type {Estimate, ResultsArtifact, RunResult, Source} from "./types.js";

/** Metrics with intervals, confusion matrices and predictions of every run, of the probes, and figures published elsewhere. */
export default async function (): Promise<ResultsArtifact> {
  const runs = await eachRun(
    (run) => evaluation({study, run}),
    async (result, run) => {
      const {value} = await resolve(predictions({study, run}));
      return present({
        run: run.id,
        title: titleOf(run),
        measures: result.value,
        predicted: value,
        source: sourceOf(result)
      });
    }
  );
  const probes: RunResult[] = [];
  for (const model of probedModels(study)) {
    const result = await attempt(probeEvaluation({study, model}));
    if ("missing" in result) continue;
    const {value} = await resolve(probe({study, model}));
    const title = `${architecture(model).title}, linear probe`;
    probes.push(
      present({run: `probe-${model}`, title, measures: result.value, predicted: value, source: sourceOf(result)})
    );
  }
  return {runs, probe: probes, cited};
}

interface Presented {
  run: string;
  title: string;
  measures: ReturnType<typeof evaluate>;
  predicted: Parameters<typeof evaluate>[0];
  source: Source;
}

function present({run, title, measures, predicted, source}: Presented): RunResult {
  const {rows, labels, classes, probabilities} = predicted;
  const {confusion, accuracy, balancedAccuracy, macroF1, weightedF1, perClass} = measures;
  const chosen = argmax(probabilities, classes.length);
  const behind = (actual: number, guess: number) =>
    Array.from(rows.filter((_, i) => labels[i] === actual && chosen[i] === guess));
  return {
    run,
    title,
    accuracy: roundEstimate(accuracy),
    balancedAccuracy: roundEstimate(balancedAccuracy),
    macroF1: roundEstimate(macroF1),
    weightedF1: roundEstimate(weightedF1),
    kappa: round(measures.kappa),
    mcc: round(measures.mcc),
    logLoss: round(measures.logLoss),
    expectedCalibrationError: round(measures.expectedCalibrationError),
    perClass: perClass.map(({recall, precision, f1, rocAuc, ...rest}) => ({
      ...rest,
      recall: roundEstimate(recall),
      precision: roundEstimate(precision),
      f1: roundEstimate(f1),
      rocAuc: rocAuc === null ? null : round(rocAuc)
    })),
    confusion: confusion.flatMap((row, actual) =>
      row.map((count, guess) => ({
        actual: classes[actual],
        predicted: classes[guess],
        count,
        share: round(
          count /
            Math.max(
              1,
              row.reduce((a, b) => a + b)
            )
        ),
        rows: behind(actual, guess)
      }))
    ),
    predictions: {
      row: Array.from(rows),
      actual: Array.from(labels),
      predicted: Array.from(chosen),
      probabilities: Array.from(rows, (_, i) =>
        rounded(probabilities.subarray(i * classes.length, (i + 1) * classes.length))
      )
    },
    source
  };
}

const roundEstimate = <E extends Estimate>(estimate: E): E => ({
  ...estimate,
  value: round(estimate.value),
  low: round(estimate.low),
  high: round(estimate.high)
});

/** Published elsewhere: shown beside our figures, visibly a different kind of number. */
const cited: ResultsArtifact["cited"] = [
  {
    title: "COVID-Net, as published",
    source: "Wang and Wong 2020, arXiv:2003.09871v1",
    note: "From the published confusion matrix on this test list, before two COVID-19 images were added to it; the network was itself pretrained on ImageNet.",
    images: 637,
    accuracy: 0.835165,
    macroF1: 0.8394,
    weightedF1: 0.836616
  }
];
