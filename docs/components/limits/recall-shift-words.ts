import type {Estimate} from "measures";
import {html} from "htl";
import type {LimitsArtifact} from "../../../src/report/limits/artifact.js";
import type {RunResult} from "../../../src/report/results/artifact.js";
import {className} from "../shared/classes.js";
import {count, list, percent, plural, share} from "../shared/format.js";
import type {Best} from "./recall-shift.js";

const apart = (a: Estimate, b: Estimate) => a.high < b.low;

/** In which classes recall falls or rises from validation to test, by more than the choice of images explains. */
export function describeShift({title, byClass}: Best): string {
  const both = byClass.flatMap(({class: name, validation, test}) =>
    validation && test ? [{name, validation, test}] : []
  );
  const falls = both.filter(({validation, test}) => apart(test, validation));
  const rises = both.filter(({validation, test}) => apart(validation, test));
  const words = ({name, validation, test}: (typeof both)[number]) =>
    `${className(name)} (from ${share(validation.k!, validation.n!)} to ${share(test.k!, test.n!)})`;
  const parts = [
    ...(falls.length ? [`finds fewer of the class ${list(falls.map(words))}`] : []),
    ...(rises.length ? [`finds more of the class ${list(rises.map(words))}`] : [])
  ];
  return parts.length
    ? `From validation to test, ${title}, ${list(parts)}, with 95% intervals that do not overlap.`
    : `The recall of ${title}, on test is that on validation in every class, as far as the intervals tell.`;
}

const within = ({series, train, validation, test}: Best["bySeries"][number]): string =>
  `${series} (${plural(train, "image")} of the training list) from ${percent(validation!.value)} ` +
  `to ${share(test!.k!, test!.n!)}`;

/**
 * How the fall of a class is spread over its series of file names: in all of them, their shares do not explain all of
 * it.
 */
export function describeSeries({bySeries}: Best, name: string): string {
  const members = bySeries.filter((one) => one.class === name);
  if (members.length < 2) return "";
  const everywhere = members.every(({validation, test}) => apart(test!, validation!));
  return (
    `Among the images of the class ${className(name)}, recall goes in series ${list(members.map(within))}.` +
    (everywhere ? " It falls in each, so that their different shares in the two splits do not explain all of it." : "")
  );
}

/** The recall of a class on test, run by run. */
export const describeRuns = (runs: readonly RunResult[], name: string): string =>
  list(
    runs.flatMap(({title, perClass}) => {
      const recall = perClass.find((one) => one.class === name)?.recall;
      return recall ? `${share(recall.k!, recall.n!)} by ${title}` : [];
    })
  );

/** How many images no run gets right. */
export const describeMissed = ({rows, runs, of, class: name}: NonNullable<LimitsArtifact["missed"]>): string =>
  `${share(rows.length, of)} of the ${className(name)} test images are taken for another class by ` +
  (runs > 1
    ? `all ${count(runs)} runs that trained on all images, whatever they start from.`
    : "the one run on all images.");

/** Row numbers, for those who have the list. */
export const rowList = (rows: readonly number[]): HTMLElement =>
  html`<details>
    <summary>Their rows in the test list</summary>
    <p>${rows.join(", ")}</p>
  </details>`;
