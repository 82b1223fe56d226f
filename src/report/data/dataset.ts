import {decodingRevision} from "../../lib/dataset/decode.js";
import {datasetDigest} from "../../lib/dataset/digest.js";
import {requireDivided} from "../../lib/dataset/enough.js";
import {takeInventory} from "../../lib/dataset/inventory.js";
import {type DatasetSource, openDataset} from "../../lib/dataset/open.js";
import {patientOverlap, patientsOf} from "../../lib/dataset/patients.js";
import {readPixels} from "../../lib/dataset/pixels.js";
import type {ValidationOptions} from "../../lib/dataset/split.js";
import {listedSplit, validationSplit} from "../../lib/dataset/split.js";
import type {PublishedValidation} from "../../lib/dataset/study-2020-split.js";
import {study2020Split} from "../../lib/dataset/study-2020-split.js";
import type {Split} from "../../lib/dataset/types.js";
import {canonical, hash} from "../../lib/pipeline/canonical.js";
import {stage} from "../../lib/pipeline/stage.js";
import type {Study} from "../../lib/study/schema.js";
import * as shapes from "../runs/shapes.js";

interface StudyArgs {
  study: Study;
}

/** A study as far as its images go, or what stands in for one: a collection that only validates. */
interface ImageArgs {
  study: {dataset: DatasetSource};
}

/**
 * A folder may hold anything, so that its results are also keyed by how it is decoded. The files of COVIDx and of the
 * collections from elsewhere, with 8 bits each, decode to the same bytes in every revision.
 */
const digest = (study: ImageArgs["study"]) => async () => {
  const digest = await datasetDigest(await openDataset(study.dataset));
  return study.dataset.name === "folder" ? hash(digest, `decoding ${decodingRevision}`) : digest;
};

/** What the dataset holds: counts, sizes, duplicates, whose the images are, images that cannot be read. */
export const inventory = stage({
  name: "inventory",
  module: import.meta.url,
  revision: 1,
  publish: true,
  shape: shapes.inventory,
  id: ({study}: ImageArgs) => study.dataset.name,
  params: ({study}) => ({dataset: study.dataset}),
  external: ({study}) => digest(study),
  run: async (_, {dataset}, {progress}) => takeInventory(await openDataset(dataset), {onProgress: progress})
});

/** What lies in the dataset's folder beside its images. Not part of the inventory, on which every training depends. */
export const filesNotTaken = stage({
  name: "files-not-taken",
  module: import.meta.url,
  id: ({study}: ImageArgs) => study.dataset.name,
  params: ({study}) => ({dataset: study.dataset}),
  external:
    ({study}) =>
    async () =>
      canonical(await leftIn(study.dataset)),
  run: (_, {dataset}) => leftIn(dataset)
});

const leftIn = async (dataset: DatasetSource) => (await openDataset(dataset)).notes.notTaken ?? [];

/** The images of the training list that train and those that validate: where the dataset has set some apart, these. */
export const split = stage({
  name: "split",
  module: import.meta.url,
  revision: 1,
  id: ({study}: StudyArgs) => study.dataset.name,
  inputs: ({study}) => ({inventory: inventory({study})}),
  params: ({study: {validation}}): (ValidationOptions & {patients?: string}) | PublishedValidation =>
    // Named where it decides: who counts as one patient is part of the question.
    "groupByPatient" in validation && validation.groupByPatient
      ? {...validation, patients: "by series and number"}
      : validation,
  run: ({inventory}, options) => {
    const {title, classes, splits, validation} = inventory;
    if ("rows" in options) return study2020Split(inventory);
    const {train} = splits;
    const division = validation
      ? listedSplit(train, validation)
      : validationSplit({labels: train.labels, patients: patientsOf(train)}, options);
    requireDivided(title, classes, train.labels, division);
    return division;
  }
});

/** Who is in the training list and in the test list. */
export const sharedPatients = stage({
  name: "patient-overlap",
  module: import.meta.url,
  id: ({study}: StudyArgs) => study.dataset.name,
  inputs: ({study}) => ({inventory: inventory({study})}),
  run: ({inventory}) => patientOverlap(inventory)
});

/** The images of a split as grey squares of one size. */
export const pixels = stage({
  name: "pixels",
  module: import.meta.url,
  revision: 1,
  id: ({study, split, size}: ImageArgs & {split: Split; size: number}) => `${study.dataset.name}-${split}-${size}`,
  params: ({study, split, size}) => ({dataset: study.dataset, split, size}),
  external: ({study}) => digest(study),
  run: async (_, {dataset, split, size}, {progress, log}) => {
    const {[split]: examples, remedy} = await openDataset(dataset);
    const {pixels, problems, notes} = await readPixels(examples, {size, onProgress: progress, remedy});
    for (const {file, reason} of problems) log(`left out ${file}: ${reason}`);
    for (const {file, note} of notes) log(`${file}: ${note}`);
    return pixels;
  }
});
