import {history} from "../stages/run.js";
import {study} from "../study.js";
import {eachRun, round, rounded, sourceOf, titleOf} from "./support.js";
import type {HistoryArtifact} from "./types.js";

/** Losses, scores and rates of every run that has been trained. */
export default async function (): Promise<HistoryArtifact> {
  const runs = await eachRun(
    (run) => history({study, run}),
    (result, run) => ({
      run: run.id,
      title: titleOf(run),
      epochs: result.value.epochs.map((record) => ({
        epoch: record.epoch,
        phase: record.phase,
        trainLoss: round(record.trainLoss),
        validationLoss: round(record.validationLoss),
        validationAccuracy: round(record.accuracy),
        validationMacroF1: round(record.macroF1),
        imagesPerSecond: round(record.imagesPerSecond),
        seconds: round(record.seconds),
        selected: record.epoch === result.value.selected
      })),
      learningRate: rounded(result.value.rates),
      parameters: result.value.parameters,
      source: sourceOf(result)
    })
  );
  return {runs};
}
