import {UserError} from "../support/errors.js";
import type {Part} from "./folder-layout.js";
import {type Division, drawnOf, validationSplit, type ValidationOptions} from "./split.js";
import type {PublishedValidation} from "./study-2020-split.js";
import type {Dataset} from "./types.js";

/** The fewest images of a class in each part of a study. */
export const least: Readonly<Record<Part, number>> = {train: 1, validation: 1, test: 1};

/** The fewest test images in all: features of fewer have no kernel alignment, and their map no neighbours. */
export const leastTest = 4;

/**
 * Shares of every class that are drawn by chance: to test on, and of the rest to validate on. Absent where there is a
 * list.
 */
export interface Drawn {
  test?: number;
  validation?: number;
}

/** Into how many images to train, validate and test on so many of a class are divided. */
export function divide(images: number, {test, validation}: Drawn): Partial<Record<Part, number>> {
  const tested = test === undefined ? 0 : drawnOf(images, test);
  const validated = validation === undefined ? 0 : drawnOf(images - tested, validation);
  return {
    train: images - tested - validated,
    ...(validation !== undefined && {validation: validated}),
    ...(test !== undefined && {test: tested})
  };
}

/** The fewest images of a class that leave enough in every part that they are divided into. */
export function imagesNeeded(drawn: Drawn, wanted = least): number {
  const suffices = (images: number) =>
    Object.entries(divide(images, drawn)).every(([part, count]) => count >= wanted[part as Part]);
  let images = 1;
  while (!suffices(images)) ++images;
  return images;
}

const purposes: Record<Part, string> = {train: "to train on", validation: "to validate on", test: "to test on"};

/** "2 to train on, 1 to validate on and 1 to test on" */
function inWords(images: number, drawn: Drawn): string {
  const words = Object.entries(divide(images, drawn)).map(([part, count]) => `${count} ${purposes[part as Part]}`);
  return words.length > 1 ? `${words.slice(0, -1).join(", ")} and ${words.at(-1)}` : words[0];
}

const imagesInWords = (count: number) => `${count} ${count === 1 ? "image" : "images"}`;

/** Images of some classes, each by its name. */
type Counts = ReadonlyMap<string, number>;

function requireCounts(where: string, counts: Counts, needs: number, purpose: string): void {
  const short = [...counts].filter(([, count]) => count < needs);
  if (short.length === 0) return;
  const found = short.map(([name, count]) => `${imagesInWords(count)} of ${name}`).join(", ");
  throw new UserError(`${where} has ${found}; every class needs ${needs} or more, ${purpose}.`, {
    hint: "Add images of these classes, or take their folders away."
  });
}

/** @throws UserError that names every class of which a part has too few images */
export const requireListed = (where: string, counts: Counts, part: Part): void =>
  requireCounts(where, counts, least[part], purposes[part]);

/** @throws UserError that names every class of which there are too few images to be divided, and how many it takes */
export function requireDivisible(where: string, counts: Counts, drawn: Drawn): void {
  const needs = imagesNeeded(drawn);
  requireCounts(where, counts, needs, inWords(needs, drawn));
}

/** How many examples there are of every class. */
export function countByClass(classes: readonly string[], examples: readonly {label: number}[]): Counts {
  const counts = new Array<number>(classes.length).fill(0);
  for (const {label} of examples) counts[label] += 1;
  return new Map(classes.map((name, label) => [name, counts[label]]));
}

/**
 * Says before anything runs whether a dataset leaves a study enough to train, validate and test on.
 * @throws UserError with the number of images that each class needs
 */
export function requireEnough(dataset: Dataset, validation: ValidationOptions | PublishedValidation): void {
  const {classes, train, test, testShare, title} = dataset;
  if ("rows" in validation) return;
  const given = new Set(dataset.validation ?? []);
  const own = train.filter(({row}) => !given.has(row));
  const drawn: Drawn = {test: testShare, validation: dataset.validation ? undefined : (validation.fraction ?? 0.1)};
  requireDivisible(title, countByClass(classes, testShare === undefined ? own : [...own, ...test]), drawn);
  if (test.length < leastTest) throw tooFewTests(title, test.length, classes.length, drawn);
  if (validation.groupByPatient && !dataset.validation) requireWholePatients(dataset, validation);
}

function tooFewTests(title: string, tests: number, classes: number, drawn: Drawn): UserError {
  const each = Math.ceil(leastTest / classes);
  const needs =
    drawn.test === undefined
      ? ""
      : `: ${imagesNeeded(drawn, {...least, test: each})} images of each class leave so many`;
  return new UserError(`${title} has ${imagesInWords(tests)} to test on; a study needs ${leastTest}${needs}.`, {
    hint: "Add images of every class."
  });
}

/** Whole patients are not divided as evenly as images. */
function requireWholePatients({classes, train, title}: Dataset, options: ValidationOptions): void {
  const [labels, patients] = [train.map(({label}) => label), train.map(({id}) => id.patient)];
  requireDivided(title, classes, labels, validationSplit({labels, patients}, options));
}

/** @throws UserError where a division leaves a class without an image to train or to validate on */
export function requireDivided(
  title: string,
  classes: readonly string[],
  labels: ArrayLike<number>,
  division: Division
): void {
  for (const part of ["train", "validation"] as const) {
    const counts = countByClass(
      classes,
      Array.from(division[part], (at) => ({label: labels[at]}))
    );
    const short = [...counts].find(([, count]) => count < least[part]);
    if (!short) continue;
    throw new UserError(
      `${title} is divided so that ${imagesInWords(short[1])} of ${short[0]} are left ` +
        `${purposes[part]}; a study needs ${least[part]}.`,
      {
        hint:
          "Add images of this class, or change validation in src/study.ts: whole patients are divided " +
          "less evenly than images."
      }
    );
  }
}
