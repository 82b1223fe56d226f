import type {TrainingPhase} from "../../../src/report/training/artifact.js";
import {duration, exponential, list, score} from "../shared/format.js";
import type {Column} from "../shared/table.js";

const number = (label: string, value: (phase: TrainingPhase) => string): Column<TrainingPhase> => ({
  label,
  value,
  align: "right"
});

/** What each phase did, and what it reached. */
export const phaseColumns: Column<TrainingPhase>[] = [
  {label: "Phase", header: true, value: ({phase}) => phase},
  number("Epochs", ({firstEpoch, lastEpoch}) =>
    firstEpoch === lastEpoch ? `${firstEpoch}` : `${firstEpoch}–${lastEpoch}`
  ),
  number("Images", ({size}) => `${size} px`),
  number("Peak rate", ({peakRate}) => exponential(peakRate)),
  number("Best", ({bestEpoch}) => `${bestEpoch}`),
  number("Weighted F1", ({weightedF1}) => score(weightedF1, 3)),
  number("Loss", ({validationLoss}) => score(validationLoss, 3)),
  number("Images/s", ({imagesPerSecond}) => score(imagesPerSecond, 1)),
  number("Time", ({seconds}) => duration(seconds))
];

/** By how much each phase moved the best weighted F1, in a sentence. */
export function describePhases(phases: readonly TrainingPhase[]): string {
  const steps = phases.slice(1).map(({phase, weightedF1}, i) => {
    const change = weightedF1 - phases[i].weightedF1;
    const moved = change < 0 ? `lowered it by ${score(-change, 3)}` : `raised it by ${score(change, 3)}`;
    return `phase “${phase}” ${moved} to ${score(weightedF1, 3)}`;
  });
  const first = `Phase “${phases[0].phase}” reached a weighted F1 of ${score(phases[0].weightedF1, 3)} on validation`;
  return steps.length ? `${first}; ${list(steps)}.` : `${first}.`;
}

/** Which epoch's weights were kept and what it was chosen from; and an earlier phase that had scored higher. */
export function describeKept(phases: readonly TrainingPhase[]): string {
  const last = phases[phases.length - 1];
  const candidates = last.lastEpoch - last.firstEpoch + 1;
  const kept =
    candidates > 1
      ? `The weights of epoch ${last.bestEpoch} were kept, the best on validation of the ${candidates} ` +
        "epochs of the last phase."
      : `The weights of epoch ${last.bestEpoch} were kept, the only one of the last phase: nothing was chosen.`;
  const before = phases.reduce((a, b) => (b.weightedF1 > a.weightedF1 ? b : a));
  return before.weightedF1 > last.weightedF1
    ? `${kept} Epoch ${before.bestEpoch}, on images of ${before.size} pixels, had a higher weighted ` +
        `F1 on validation: ${score(before.weightedF1, 3)} against ${score(last.weightedF1, 3)}.`
    : kept;
}
