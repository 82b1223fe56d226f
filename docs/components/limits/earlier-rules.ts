import type {LimitsArtifact} from "../../../src/report/limits/artifact.js";
import {count, list} from "../shared/format.js";

/** What each stage predicts. */
const images: Record<string, string> = {
  predictions: "test images",
  "validation-predictions": "validation images",
  "external-predictions": "images from elsewhere"
};

/** Which numbers rest on predictions by an earlier rule; nothing where there are none. */
export function describeEarlier({earlier}: Pick<LimitsArtifact, "earlier">): string {
  if (!earlier.length) return "";
  const which = earlier.map(({stage, results, of}) => `${count(results)} of ${count(of)} of ${images[stage] ?? stage}`);
  return (
    "Where a network predicts changed copies of an image too, these once followed from the place " +
    "of the image in its list; now they follow from its pixels, so that a file is given the same " +
    `probabilities wherever it stands. By the earlier rule were computed ${list(which)}: all ` +
    "scores of these, and what follows from them, are those of the earlier rule until the networks " +
    "are trained and published again."
  );
}
