import type {EpochRecord} from "../lib/training/state.js";
import {history} from "../report/runs/training.js";
import {study} from "../study.js";
import {bestRun} from "../report/results/best-run.js";
import {phasesOf} from "../report/training/phases.js";
import {round, rounded} from "../report/shared/rounding.js";
import {eachRun, sourceOf, titleOf} from "../report/shared/support.js";
import {thin} from "../report/training/thin.js";
import type {HistoryArtifact, HistoryRestArtifact, RunHistory} from "../report/training/artifact.js";

/** The runs that have been trained, with losses, scores and rates of the best on validation. */
export default async function (): Promise<HistoryArtifact> {
  const {runs, first = null} = await histories();
  return {runs: runs.map(({run, title}) => ({run, title})), first};
}

/** Those of the other runs: too much to load before anybody asks for them. */
export async function rest(): Promise<HistoryRestArtifact> {
  const {runs, first} = await histories();
  return {runs: runs.filter((run) => run !== first)};
}

async function histories(): Promise<{runs: RunHistory[]; first?: RunHistory}> {
  const runs = await eachRun(
    (run) => history({study, run}),
    (result, run) => {
      const {epochs: records, steps, finders, selected, parameters} = result.value;
      const {rates, momenta, losses, gradientNorms} = steps;
      const epochs = records.map((record) => ({...describe(record), selected: record.epoch === selected}));
      const stepsPerEpoch = rates.length / epochs.length;
      return {
        run: run.id,
        title: titleOf(run),
        procedure: run.procedure,
        epochs,
        phases: phasesOf(
          epochs.map((epoch, i) => ({...epoch, steps: stepsPerEpoch, index: records[i].phase})),
          rates
        ),
        steps: thin({rate: rates, momentum: momenta, loss: losses, gradientNorm: gradientNorms}),
        finders: finders.map(({phase, rates, losses, smoothed, suggestion}) => ({
          phase: study.procedures[run.procedure].phases[phase].train,
          rates: rounded(rates),
          losses: rounded(losses),
          smoothed: rounded(smoothed),
          suggestion: suggestion === null ? null : round(suggestion)
        })),
        parameters,
        source: sourceOf(result)
      };
    }
  );
  const best = await bestRun();
  return {runs, first: runs.find(({run}) => run === best) ?? runs[0]};
}

const describe = (record: EpochRecord) => ({
  epoch: record.epoch,
  phase: record.trains,
  size: record.size,
  trainLoss: round(record.trainLoss),
  validationLoss: round(record.validationLoss),
  validationAccuracy: round(record.accuracy),
  validationMacroF1: round(record.macroF1),
  validationWeightedF1: round(record.weightedF1),
  perClass: record.perClass.map(({precision, recall, f1}) => ({
    precision: round(precision),
    recall: round(recall),
    f1: round(f1)
  })),
  imagesPerSecond: round(record.imagesPerSecond),
  waiting: round(record.waiting),
  seconds: round(record.seconds),
  peakMemory: round(record.peakMemory * 2 ** 20)
});
