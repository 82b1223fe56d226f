import type {RunHistory} from "../../src/loaders/types.js";

export type Epoch = RunHistory["epochs"][number];

/** Phases of the training in order, each with its first and last epoch. */
export function phases(epochs: readonly Epoch[]): {phase: string; first: number; last: number}[] {
  const found: {phase: string; first: number; last: number}[] = [];
  for (const {phase, epoch} of epochs) {
    const last = found.at(-1);
    if (last?.phase === phase) last.last = epoch;
    else found.push({phase, first: epoch, last: epoch});
  }
  return found;
}
