import type {InventoryArtifact} from "../../../src/report/data/artifact.js";
import {className} from "./classes.js";
import {count, list, plural} from "./format.js";

/** How many listed images are left out. */
export const describeProblems = ({problems}: InventoryArtifact): string =>
  problems.length
    ? `${plural(problems.length, "listed image")} could not be read and ` +
      `${problems.length === 1 ? "is" : "are"} left out.`
    : "Every listed image could be read.";

/** What else lies in the folder of the images. */
export function describeNotTaken({notTaken}: InventoryArtifact): string {
  const files = notTaken.reduce((sum, one) => sum + one.files, 0);
  if (files === 0) return "";
  const kinds = notTaken.map((one) => `${count(one.files)} ${one.extension || "without extension"}`);
  return (
    `The folder of the images holds ${plural(files, "other file")}, which ` +
    `${files === 1 ? "is" : "are"} not taken: ${list(kinds)}.`
  );
}

/** How many groups of identical images there are, and which of them matter. */
export function describeDuplicates({duplicates}: InventoryArtifact): string {
  if (!duplicates.length) return "No two images are byte-identical.";
  const across = duplicates.filter((d) => d.acrossSplits).length;
  const contradicting = duplicates.filter((d) => d.acrossClasses).length;
  return (
    `There ${duplicates.length === 1 ? "is" : "are"} ${plural(duplicates.length, "group")} of ` +
    `byte-identical images: ${count(across)} with images in both splits, ${count(contradicting)} ` +
    "with images of different classes."
  );
}

/** Groups of identical images as rows of a table. */
export const duplicateRows = ({duplicates}: InventoryArtifact) =>
  duplicates.map(({members, acrossSplits, acrossClasses}) => ({
    images: members.map((m) => `${m.split} ${m.row} (${className(m.class)})`).join(", "),
    splits: acrossSplits ? "both" : members[0].split,
    classes: acrossClasses ? "different" : "same"
  }));

/** Which patient numbers occur in both splits, and how far that tells of the same patients. */
export function describePatients({patients: {bySeries, numbers, testImages}, splits}: InventoryArtifact): string {
  if (!numbers) return "No patient number occurs in both splits.";
  const shared = bySeries.filter((one) => one.shared > 0);
  const sum = (of: (series: (typeof bySeries)[number]) => number) => shared.reduce((total, one) => total + of(one), 0);
  const images = splits.find(({split}) => split === "test")?.present ?? 0;
  const said =
    `${plural(numbers, "patient number occurs", "patient numbers occur")} in both splits, on ` +
    `${count(testImages)} of ${plural(images, "test image")}.`;
  if (!shared.length) {
    return (
      `${said} None of them does so within one series of file names. The series are numbered ` +
      "separately, so that equal numbers of two of them are two patients as far as the lists tell; " +
      "from file names alone that cannot be told for certain."
    );
  }
  const names = list(shared.map(({series}) => (series === null ? "the images in no series" : `“${series}”`)));
  return (
    `${said} Within one series of file names (${names}) ${count(sum((one) => one.shared))} do, on ` +
    `${count(sum((one) => one.testImages))} test images; equal numbers of two series, which are ` +
    "numbered separately, are taken for two patients. " +
    (sum((one) => one.sameClass)
      ? `Of those within one series, ${count(sum((one) => one.sameClass))} have the same class in both splits.`
      : "None of those within one series has the same class in both splits, as if each class were " +
        "numbered by itself and its patients were kept on one side.") +
    " Whether equal numbers of one series are one patient is not known: from file names alone, " +
    "that cannot be told from leakage."
  );
}

/** How many patients the test images are of, which no interval over images takes into account. */
export function describeClusters({splits, patients: {byClass}}: InventoryArtifact): string {
  const images = splits.find(({split}) => split === "test")?.byClass ?? [];
  const groups = images.flatMap(({class: name, count: of}) => {
    const patients = byClass.find((one) => one.class === name)?.test;
    return patients !== undefined && patients < of
      ? [`${count(of)} ${className(name)} images of ${count(patients)}`]
      : [];
  });
  return groups.length
    ? "A patient can have several test images: by the numbers in the lists there are " +
        `${list(groups)}. The intervals over test images, the exact ones too, take images as ` +
        "independent, so that they are too narrow to the extent that images of one patient are alike."
    : "";
}

const chosen = {
  "study-2020": "the same ones as in the study of 2020, drawn by class, ",
  listed: "those that the dataset sets apart for it"
};

/** Which images of the training split validate, and why these. */
export const describeValidation = ({validation: v}: InventoryArtifact): string =>
  `${plural(v.validation, "image")} of the training split are held out for validation, ` +
  ("rows" in v ? chosen[v.rows] : `drawn by class with seed ${v.seed}, `) +
  ("rows" in v && v.rows === "listed"
    ? ""
    : "groupByPatient" in v && v.groupByPatient
      ? "all images of a patient on the same side"
      : "image by image, so that a patient may have images on both sides") +
  `; ${plural(v.train, "image")} are left for training. The test images play no part in the ` +
  "choice of an epoch or of the probe’s penalty.";

/**
 * Of which other classes than the first named the collection of adults has images: those outside of the children's
 * numbered series.
 */
export function describeAdultClasses({splits}: InventoryArtifact, disease: string): string {
  const words = splits.flatMap(({split, unnumbered}) => {
    const others = unnumbered.filter((one) => one.class !== disease && one.count > 0);
    return others.length
      ? [
          `${list(others.map((one) => `${count(one.count)} ${className(one.class)}`))} in the ` +
            `${split === "train" ? "training" : "test"} list`
        ]
      : [];
  });
  return words.length ? `beside ${className(disease)}, ${list(words)}` : "";
}

/** How many test images are of adults without the disease: the only ones on which source and disease come apart. */
export function describeAdultTests({splits}: InventoryArtifact, disease: string): string {
  const test = splits.find(({split}) => split === "test");
  const others = test?.unnumbered.filter((one) => one.class !== disease && one.count > 0) ?? [];
  const images = others.reduce((sum, one) => sum + one.count, 0);
  return test && images && images < test.present
    ? `Only ${count(images)} of the ${count(test.present)} come apart from it: adults without ` +
        `${className(disease)} ` +
        `(${list(others.map((one) => `${count(one.count)} ${className(one.class)}`))}).`
    : "";
}

/** Whether the children's images all have one size, as copies that were reduced beforehand do. */
export function describeCopies({splits}: InventoryArtifact): string {
  const series = splits.map(({numbered}) => numbered).filter(({images}) => images > 0);
  if (!series.length) return "";
  const [{width, height}] = series;
  const images = series.reduce((sum, one) => sum + one.images, 0);
  const alike = series.reduce((sum, one) => sum + (one.width === width && one.height === height ? one.alike : 0), 0);
  return alike === images
    ? `In the files that were read, all ${count(images)} images of children have ${count(width)} × ` +
        `${count(height)} pixels: these are copies that somebody reduced beforehand.`
    : `In the files that were read, ${count(alike)} of ${count(images)} images of children have ` +
        `${count(width)} × ${count(height)} pixels.`;
}
