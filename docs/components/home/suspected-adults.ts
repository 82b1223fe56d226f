import type {ExternalArtifact} from "../../../src/report/external/artifact.js";
import {answerOf, covidQuestions} from "../external/groups.js";
import {among, percent} from "../shared/format.js";
import {type Pair, wholeFromImageNet} from "../pretraining/pretraining-gain.js";

const adults = covidQuestions.find(({key}) => key === "nih_healthy")!;

/**
 * How many of NIH's adults without a finding either start takes for COVID-19, in the pairs on all images that start
 * from ImageNet.
 */
export function describeAdults(
  {classes, runs}: Pick<ExternalArtifact, "classes" | "runs">,
  pairs: readonly Pair[]
): string {
  const twins = wholeFromImageNet(pairs)
    .flatMap(({seeds}) => seeds)
    .map((seed) => [seed.pretrained, seed.scratch].map((id) => runs.find(({run}) => run === id)))
    .filter((both) => both.every((run) => run !== undefined));
  if (!twins.length) return "";
  const [pretrained, random] = [0, 1].map((which) =>
    among(
      twins.map((both) => answerOf(both[which]!, classes, adults).value),
      (value) => percent(value, 0)
    )
  );
  return (
    `Of adults of another hospital without a finding, runs from ImageNet take ${pretrained} for ` +
    `COVID-19, their twins from random weights ${random}`
  );
}
