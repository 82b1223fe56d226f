import {cohenImages} from "./cohen.js";
import {openCovidx} from "./covidx.js";
import type {Dataset, Example} from "./types.js";

const name = "cohen-others";

/**
 * The radiographs of Cohen et al. of patients of whom COVIDx, which drew from the same collection earlier, has no
 * image. No classes: they say what else a radiograph looks like.
 * @throws UserError where the collection's table or COVIDx's lists are not here
 */
export function openCohenOthers(directory?: string): Dataset {
  const images = cohenImages(directory);
  const covidx = openCovidx();
  const taken = new Set([...covidx.train, ...covidx.test].map(({id}) => nameOf(id.file)));
  const known = new Set(images.filter(({file}) => taken.has(nameOf(file))).map(({patient}) => patient));
  return {
    name,
    title: "Cohen et al., other patients",
    classes: ["frontal"],
    train: [],
    test: images
      .filter(({patient}) => !known.has(patient))
      .map(({file, path, patient}, row): Example => {
        return {id: {collection: name, patient, file}, row, split: "test", path, label: 0};
      }),
    notes: {duplicateLines: [], inBothSplits: []}
  };
}

/** Copies of one image bear one name and, as often as not, another extension. */
const nameOf = (file: string) => file.replace(/\.\w+$/, "");
