import {groups, mean} from "d3";
import type {DepthLine} from "./feature-change.js";
import {list, score} from "../shared/format.js";

const whole = (lines: readonly DepthLine[]) => lines.filter(({fraction}) => fraction === 1);

/** Every network with what is said of each of its groups: "Net: A 0.98, B 0.83". */
const byNetwork = (lines: readonly DepthLine[], say: (own: DepthLine[]) => string): string =>
  groups(lines, ({network}) => network)
    .map(
      ([network, own]) =>
        `${network}, ${list(groups(own, ({group}) => group).map(([group, members]) => `${group} ${say(members)}`))}`
    )
    .join("; ");

const means = (lines: readonly DepthLine[], third: "lowest" | "highest") => score(mean(lines, (line) => line[third])!);

/**
 * What is left of the features that runs started from, network by network; runs on a part of the images are left out.
 */
export function describeChanges(all: readonly DepthLine[]): string {
  const lines = whole(all);
  if (!lines.length) return "No features have been compared yet.";
  const more = lines.filter(({lowest, highest}) => highest < lowest).length;
  const each = byNetwork(lines, (own) => `${means(own, "lowest")} → ${means(own, "highest")}`);
  return (
    `Of ${lines.length} runs on all images, ${more} changed the third of their layers next to the ` +
    "head more than that next to the images. Mean CKA with what they started from, from the third " +
    `next to the images to that next to the head: ${each}.`
  );
}

/** How alike runs end, network by network; runs on a part of the images are left out. */
export function describeAgreement(all: readonly DepthLine[]): string {
  const lines = whole(all);
  if (!lines.length) return "No two runs have been compared yet.";
  return (
    "Mean CKA of the last features of two runs in the third next to the head: " +
    `${byNetwork(lines, (own) => means(own, "highest"))}.`
  );
}
