import {cohenImages} from "./cohen.js";
import {openCovidx} from "./covidx.js";
import type {Dataset, Example} from "./types.js";

/**
 * The radiographs of Cohen et al. of patients of whom COVIDx, which drew from the same collection earlier, has no image.
 * No classes: they say what else a radiograph looks like.
 * @throws UserError where the collection's table or COVIDx's lists are not here
 */
export function openCohenOthers(directory?: string): Dataset {
  const images = cohenImages(directory);
  const covidx = openCovidx();
  const taken = new Set([...covidx.train, ...covidx.test].map(({file}) => nameOf(file)));
  const known = new Set(images.filter(({file}) => taken.has(nameOf(file))).map(({patient}) => patient));
  return {
    name: "cohen-others",
    title: "Cohen et al., other patients",
    classes: ["frontal"],
    train: [],
    test: images
      .filter(({patient}) => !known.has(patient))
      .map(({file, path, patient}, row): Example => ({row, split: "test", file, path, label: 0, patient})),
    notes: {duplicateLines: [], inBothSplits: []}
  };
}

/** Copies of one image bear one name and, as often as not, another extension. */
const nameOf = (file: string) => file.replace(/\.\w+$/, "");
