import type {Resolved, Result} from "../lib/pipeline/index.js";
import type {Run} from "../lib/study/schema.js";
import type {history} from "../stages/run.js";
import {study} from "../study.js";
import {round, sourceOf} from "./support.js";
import type {RunHistory} from "./types.js";

type History = Resolved<{history: ReturnType<typeof history>}>["history"];

/** As many points as a figure can show of a rate that changes at every step. */
const points = 200;

/** Losses, scores and rates of a run. */
export function presentHistory(run: Run, result: Result<History>): RunHistory {
  const {epochs, rates, selected, parameters} = result.value;
  const {title, description} = study.procedures[run.procedure];
  const count = Math.min(points, rates.length);
  const steps = Array.from({length: count}, (_, i) => Math.round((i * (rates.length - 1)) / Math.max(1, count - 1)));
  return {
    epochs: epochs.map((record) => ({
      epoch: record.epoch,
      phase: record.phase,
      trainLoss: round(record.trainLoss),
      validationLoss: round(record.validationLoss),
      validationAccuracy: round(record.accuracy),
      validationMacroF1: round(record.macroF1),
      imagesPerSecond: round(record.imagesPerSecond),
      seconds: round(record.seconds),
      selected: record.epoch === selected
    })),
    learningRate: steps.map((step) => ({step, rate: round(rates[step])})),
    parameters,
    procedure: {title, description},
    source: sourceOf(result)
  };
}
