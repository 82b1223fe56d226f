import {groups, mean} from "d3";
import type {DepthLine} from "./feature-change.js";
import {list, score} from "./format.js";

/** Means of a third of the depth over the lines of each group: "0.98 from ImageNet and 0.83 from random". */
const means = (lines: readonly DepthLine[], third: "lowest" | "highest", word: string): string =>
  list(groups(lines, ({group}) => group).map(([group, own]) => `${score(mean(own, (line) => line[third])!)} ${word}${group}`)); // prettier-ignore

/** What is left of the features that runs started from, network by network; runs on a part of the images are left out. */
export function describeChanges(all: readonly DepthLine[]): string {
  const lines = all.filter(({fraction}) => fraction === 1);
  if (!lines.length) return "No features have been compared yet.";
  const more = lines.filter(({lowest, highest}) => highest < lowest).length;
  const each = groups(lines, ({network}) => network).map(
    ([network, own]) =>
      `${network} keeps ${means(own, "lowest", "from ")} near the images, ${means(own, "highest", "from ")} near the head`
  );
  return `${more} of ${lines.length} runs on all images changed the third of their layers next to the head more than the third next to the images. Mean CKA with what a run started from: ${each.join("; ")}.`;
}

/** How alike runs end, network by network; runs on a part of the images are left out. */
export function describeAgreement(all: readonly DepthLine[]): string {
  const lines = all.filter(({fraction}) => fraction === 1);
  if (!lines.length) return "No two runs have been compared yet.";
  const each = groups(lines, ({network}) => network).map(
    ([network, own]) => `in ${network}, ${means(own, "highest", "for ")}`
  );
  return `Mean CKA of the last features of two runs in the third next to the head: ${each.join("; ")}.`;
}
