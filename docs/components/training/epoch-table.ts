import {ascending} from "d3";
import type {Epoch} from "./curves.js";
import {bytes, percent, score} from "../shared/format.js";
import type {Column} from "../shared/table.js";

const number = (label: string, value: (epoch: Epoch) => string): Column<Epoch> => ({label, value, align: "right"});

/**
 * Every epoch in numbers, as far as they were recorded: what the curves show, for those who cannot see them, and what
 * it cost.
 */
export const epochColumns = (epochs: readonly Epoch[]): Column<Epoch>[] => [
  {label: "Epoch", header: true, value: ({epoch, selected}) => (selected ? `${epoch} (kept)` : epoch)},
  {label: "Phase", value: ({phase}) => phase},
  number("Training loss", ({trainLoss}) => score(trainLoss, 3)),
  number("Validation loss", ({validationLoss}) => score(validationLoss, 3)),
  number("Macro F1", ({validationMacroF1}) => score(validationMacroF1, 3)),
  number("Weighted F1", ({validationWeightedF1}) => score(validationWeightedF1, 3)),
  number("Images/s", ({imagesPerSecond}) => score(imagesPerSecond, 1)),
  ...(epochs.some(({waiting}) => waiting !== undefined)
    ? [number("Waiting", ({waiting = NaN}) => percent(waiting))]
    : []),
  ...(epochs.some(({peakMemory}) => peakMemory !== undefined)
    ? [number("Memory", ({peakMemory = NaN}) => bytes(peakMemory))]
    : [])
];

/** Epochs as rows of a download, the scores of each class in columns of their own. */
export const epochRows = (epochs: readonly Epoch[], classes: readonly string[]) =>
  epochs.map(({perClass = [], ...epoch}) => ({
    ...epoch,
    ...Object.fromEntries(
      perClass.flatMap((scores, i) => Object.entries(scores).map(([name, value]) => [`${name}_${classes[i]}`, value]))
    )
  }));

/** How quick the epochs were, in a sentence. */
export function describeSpeed(epochs: readonly Epoch[]): string {
  const sorted = [...epochs].sort((a, b) => ascending(a.imagesPerSecond, b.imagesPerSecond));
  const [slowest, fastest] = [sorted[0], sorted[sorted.length - 1]];
  const waiting = Math.max(...epochs.map((epoch) => epoch.waiting ?? NaN));
  const memory = Math.max(...epochs.map((epoch) => epoch.peakMemory ?? NaN));
  return [
    `The slowest epoch trained on ${score(slowest.imagesPerSecond, 1)} images a second (phase ` +
      `“${slowest.phase}”), the fastest on ${score(fastest.imagesPerSecond, 1)} (phase ` +
      `“${fastest.phase}”).`,
    ...(Number.isFinite(waiting) ? [`No epoch waited for images for more than ${percent(waiting)} of its time.`] : []),
    ...(Number.isFinite(memory) ? [`Memory peaked at ${bytes(memory)}.`] : [])
  ].join(" ");
}
