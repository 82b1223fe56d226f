import {history} from "../stages/run.js";
import {study} from "../study.js";
import {phasesOf} from "./phases.js";
import {eachRun, round, sourceOf, titleOf} from "./support.js";
import {thin} from "./thin.js";
import type {HistoryArtifact} from "./types.js";

/** Losses, scores and rates of every run that has been trained. */
export default async function (): Promise<HistoryArtifact> {
  const runs = await eachRun(
    (run) => history({study, run}),
    (result, run) => {
      const {epochs: records, rates, selected, parameters} = result.value;
      const {size} = study.procedures[run.procedure];
      const epochs = records.map((record) => ({
        epoch: record.epoch,
        phase: record.phase,
        size,
        trainLoss: round(record.trainLoss),
        validationLoss: round(record.validationLoss),
        validationAccuracy: round(record.accuracy),
        validationMacroF1: round(record.macroF1),
        validationWeightedF1: round(record.weightedF1),
        imagesPerSecond: round(record.imagesPerSecond),
        seconds: round(record.seconds),
        selected: record.epoch === selected
      }));
      const steps = rates.length / epochs.length;
      return {
        run: run.id,
        title: titleOf(run),
        procedure: run.procedure,
        epochs,
        phases: phasesOf(
          epochs.map((epoch) => ({...epoch, steps})),
          rates
        ),
        steps: thin({rate: rates}),
        parameters,
        source: sourceOf(result)
      };
    }
  );
  return {runs};
}
