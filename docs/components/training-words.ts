import type {RunHistory} from "../../src/loaders/types.js";
import {count, list, plural} from "./format.js";
import {phases} from "./phases.js";

/** How a run was trained, and which epoch's weights were kept; what stands there for one that has no epochs. */
export function describeTraining(history: RunHistory | undefined): string {
  if (!history) return "This run has no training history: a linear probe is fitted to frozen features in one step.";
  const {epochs, parameters} = history;
  const each = phases(epochs).map(({phase, first, last}) => `phase “${phase}” (epochs ${first}–${last})`);
  const kept = epochs.find(({selected}) => selected);
  return (
    `${plural(epochs.length, "epoch")} in ${list(each)}; ${count(parameters)} parameters. ` +
    (kept ? `The weights of epoch ${kept.epoch} were kept, chosen on the validation images.` : "")
  ).trim();
}
