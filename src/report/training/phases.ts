import {max, maxIndex, sum} from "d3";
import {round} from "../shared/rounding.js";
import type {RunHistory, TrainingPhase} from "./artifact.js";

type Epoch = Pick<
  RunHistory["epochs"][number],
  "epoch" | "phase" | "size" | "validationLoss" | "validationWeightedF1" | "imagesPerSecond" | "seconds"
> & {
  steps: number;
  /** Of its phase in the procedure. */
  index: number;
};

/**
 * The phases of a training: with what each reached.
 * @param rates the learning rate of every step of all epochs
 */
export function phasesOf(epochs: readonly Epoch[], rates: ArrayLike<number>): TrainingPhase[] {
  const phases: Epoch[][] = [];
  for (const epoch of epochs) {
    const before = phases.at(-1)?.at(-1);
    if (before?.index === epoch.index) phases.at(-1)!.push(epoch);
    else phases.push([epoch]);
  }
  let firstStep = 0;
  return phases.map((members) => {
    const steps = sum(members, (epoch) => epoch.steps);
    const phase = {
      ...summary(members),
      firstStep,
      steps,
      peakRate: round(max(Array.from(rates).slice(firstStep, firstStep + steps))!)
    };
    firstStep += steps;
    return phase;
  });
}

function summary(epochs: readonly Epoch[]) {
  const best = epochs[maxIndex(epochs, (epoch) => epoch.validationWeightedF1)];
  const seconds = sum(epochs, (epoch) => epoch.seconds);
  return {
    phase: best.phase,
    size: best.size,
    firstEpoch: epochs[0].epoch,
    lastEpoch: epochs[epochs.length - 1].epoch,
    bestEpoch: best.epoch,
    weightedF1: best.validationWeightedF1,
    validationLoss: best.validationLoss,
    imagesPerSecond: round(sum(epochs, (epoch) => epoch.imagesPerSecond * epoch.seconds) / seconds),
    seconds: round(seconds)
  };
}
