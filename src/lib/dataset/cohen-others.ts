import {existsSync, readFileSync} from "node:fs";
import {basename, join} from "node:path";
import {csvParse} from "d3";
import {UserError} from "../support/errors.js";
import {directories} from "../support/paths.js";
import {openCovidx} from "./covidx.js";
import type {Dataset, Example} from "./types.js";

const name = "cohen-others";

/**
 * The frontal radiographs that Cohen et al. (2020, arXiv:2006.11988) had collected of patients of whom COVIDx, which
 * drew from the same collection earlier, has no image. No classes: they say what else a radiograph looks like.
 * @throws UserError where the collection's table or COVIDx's lists are not here
 */
export function openCohenOthers(directory = join(directories.external(), "cohen")): Dataset {
  const table = join(directory, "metadata.csv");
  if (!existsSync(table)) {
    throw new UserError(`The images of Cohen et al. are not here: ${table} does not exist.`, {
      hint:
        "Set EXTERNAL_DIR to the folder that holds cohen/metadata.csv and cohen/images. Without it, " +
        "published results are shown."
    });
  }
  const covidx = openCovidx();
  const taken = new Set([...covidx.train, ...covidx.test].map(({id}) => id.file));
  const images = csvParse(readFileSync(table, "utf8"));
  const known = new Set(images.filter(({image}) => taken.has(basename(image))).map(({patientid}) => patientid));
  const others = images.filter(({patientid}) => !known.has(patientid));
  return {
    name,
    title: "Cohen et al., other patients",
    classes: ["frontal"],
    train: [],
    test: others.map(({image, patientid}, row): Example => {
      const file = basename(image);
      const id = {collection: name, patient: patientid, file};
      return {id, row, split: "test", path: join(directory, image), label: 0};
    }),
    notes: {duplicateLines: [], inBothSplits: []}
  };
}
