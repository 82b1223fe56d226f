import type {OnProgress} from "../support/progress.js";
import {measure} from "./decode.js";
import {contentDigests, datasetDigest} from "./digest.js";
import {forEachImage, listProblems, reasonOf, refuseTooMany} from "./pixels.js";
import {toRows} from "./rows.js";
import type {Dataset, DuplicateGroup, Example, Inventory, Split, SplitInventory} from "./types.js";

interface Opened {
  examples: Example[];
  sizes: {width: number; height: number}[];
  reasons: Map<number, string>;
}

/**
 * Opens every image of a dataset and says what is there: counts, sizes, images that cannot be read, exact duplicates by
 * content, and whose the images are. Throws `UserError` if more than 1% of a split cannot be read.
 */
export async function takeInventory(
  dataset: Dataset,
  {onProgress}: {onProgress?: OnProgress} = {}
): Promise<Inventory> {
  const examples = [...dataset.train, ...dataset.test];
  const digest = await datasetDigest(dataset);
  const opened = await openAll(examples, dataset.remedy, onProgress);
  const present = examples.filter((_, i) => !opened.reasons.has(i));
  const patients = numbering(examples.map(({id}) => id.patient));
  const families = [...new Set(present.flatMap(({family}) => family ?? []))].sort();
  const describe = (split: Split) => describeSplit(split, dataset.classes, opened, patients, families);
  return {
    name: dataset.name,
    title: dataset.title,
    classes: [...dataset.classes],
    digest,
    splits: {train: describe("train"), test: describe("test")},
    duplicates: findDuplicates(present, await contentDigests(present)),
    families,
    ...(dataset.validation && {validation: dataset.validation}),
    ...(dataset.testShare && {testShare: dataset.testShare}),
    notes: dataset.notes
  };
}

async function openAll(examples: Example[], remedy?: string, onProgress?: OnProgress): Promise<Opened> {
  const sizes = new Array<{width: number; height: number}>(examples.length);
  const reasons = new Map<number, string>();
  await forEachImage(examples, {onProgress}, async (example, i) => {
    try {
      sizes[i] = await measure(example);
    } catch (error) {
      reasons.set(i, reasonOf(error));
    }
  });
  refuseTooMany(examples, listProblems(examples, reasons), remedy);
  return {examples, sizes, reasons};
}

function describeSplit(
  split: Split,
  classes: readonly string[],
  {examples, sizes, reasons}: Opened,
  patients: Map<string, number>,
  families: string[]
): SplitInventory {
  const listed = examples.map((_, i) => i).filter((i) => examples[i].split === split);
  const present = listed.filter((i) => !reasons.has(i));
  const column = (value: (example: Example, i: number) => number) =>
    Int32Array.from(present, (i) => value(examples[i], i));
  return {
    listed: listed.length,
    present: present.length,
    byClass: classes.map((_, label) => present.filter((i) => examples[i].label === label).length),
    rows: toRows(column(({row}) => row)),
    labels: column(({label}) => label),
    width: column((_, i) => sizes[i].width),
    height: column((_, i) => sizes[i].height),
    patients: column(({id}) => patients.get(id.patient)!),
    families: column(({family}) => (family === undefined ? -1 : families.indexOf(family))),
    problems: listProblems(examples, reasons).filter((problem) => problem.split === split)
  };
}

/** Numbers names from 0 in order of first appearance. */
function numbering(names: string[]): Map<string, number> {
  const numbers = new Map<string, number>();
  for (const name of names) if (!numbers.has(name)) numbers.set(name, numbers.size);
  return numbers;
}

/** Groups of two or more images of the same bytes; entry i of `digests` is of example i. */
export function findDuplicates(examples: readonly Example[], digests: readonly string[]): DuplicateGroup[] {
  const groups = new Map<string, Example[]>();
  examples.forEach((example, i) => groups.set(digests[i], [...(groups.get(digests[i]) ?? []), example]));
  return [...groups.values()]
    .filter((group) => group.length > 1)
    .map((group) => ({
      images: group.map(({split, row, label}) => ({split, row, label})),
      acrossSplits: new Set(group.map(({split}) => split)).size > 1,
      acrossClasses: new Set(group.map(({label}) => label)).size > 1
    }));
}
