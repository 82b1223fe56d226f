import {datasetDigest} from "../lib/dataset/digest.js";
import {requireDivided} from "../lib/dataset/enough.js";
import {takeInventory} from "../lib/dataset/inventory.js";
import {type DatasetSource, openDataset} from "../lib/dataset/open.js";
import {readPixels} from "../lib/dataset/pixels.js";
import type {ValidationOptions} from "../lib/dataset/split.js";
import {listedSplit, validationSplit} from "../lib/dataset/split.js";
import type {PublishedValidation} from "../lib/dataset/study-2020-split.js";
import {study2020Split} from "../lib/dataset/study-2020-split.js";
import type {Split} from "../lib/dataset/types.js";
import {stage} from "../lib/pipeline/stage.js";
import type {Study} from "../lib/study/schema.js";

interface StudyArgs {
  study: Study;
}

/** A study as far as its images go, or what stands in for one: a collection that only validates. */
interface ImageArgs {
  study: {dataset: DatasetSource};
}

const digest = (study: ImageArgs["study"]) => async () => datasetDigest(await openDataset(study.dataset));

/** What the dataset holds: counts, sizes, duplicates, shared patients, images that cannot be read. */
export const inventory = stage({
  name: "inventory",
  module: import.meta.url,
  revision: 1,
  publish: true,
  id: ({study}: ImageArgs) => study.dataset.name,
  params: ({study}) => ({dataset: study.dataset}),
  external: ({study}) => digest(study),
  run: async (_, {dataset}, {progress}) => takeInventory(await openDataset(dataset), {onProgress: progress})
});

/** The images of the training list that train and those that validate: where the dataset has set some apart, these. */
export const split = stage({
  name: "split",
  module: import.meta.url,
  revision: 1,
  id: ({study}: StudyArgs) => study.dataset.name,
  inputs: ({study}) => ({inventory: inventory({study})}),
  params: ({study}): ValidationOptions | PublishedValidation => study.validation,
  run: ({inventory}, options) => {
    const {title, classes, splits, validation} = inventory;
    if ("rows" in options) return study2020Split(inventory);
    const division = validation ? listedSplit(splits.train, validation) : validationSplit(splits.train, options);
    requireDivided(title, classes, splits.train.labels, division);
    return division;
  }
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
    const {pixels, problems} = await readPixels((await openDataset(dataset))[split], {size, onProgress: progress});
    for (const {file, reason} of problems) log(`left out ${file}: ${reason}`);
    return pixels;
  }
});
