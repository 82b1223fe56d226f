import type {PlausibilityArtifact} from "../../../src/report/predict/artifact.js";
import {list, percent, plural, share} from "../shared/format.js";
import {titleOf} from "./flagged-table.js";

type Network = PlausibilityArtifact["networks"][number];

/** The share of a kind that must be flagged for the kind not to be named as a weakness. */
const wellFound = 0.95;

/** How much of what is no radiograph a network flags, how many radiographs, and where it falls short. */
export function describeFlagged({title, frontal, other, groups}: Network): string {
  const weak = groups
    .filter(({side, flagged}) => side === "other" && flagged.value < wellFound)
    .sort((a, b) => a.flagged.value - b.flagged.value)
    .map(({kind, flagged}) => `${kind} (${flagged.k} of ${flagged.n})`);
  const worst = groups
    .filter(({side}) => side === "frontal")
    .reduce((a, b) => (b.flagged.value > a.flagged.value ? b : a));
  return [
    `By ${title}, ${share(other.k!, other.n!)} of what is no upright frontal radiograph are ` +
      `flagged, and ${share(frontal.k!, frontal.n!)} of the radiographs; of no collection more than ` +
      `of ${titleOf(worst).replace("Radiographs: ", "")}, ${percent(worst.flagged.value)}.`,
    weak.length
      ? `${plural(weak.length, "kind")} fall${weak.length === 1 ? "s" : ""} short of ` +
        `${percent(wellFound, 0)}: ${list(weak)}.`
      : `Of every kind at least ${percent(wellFound, 0)} are.`
  ].join(" ");
}
