import {existsSync} from "node:fs";
import {basename, join} from "node:path";
import {csvParse} from "d3";
import {UserError} from "../support/errors.js";
import {readBytes} from "../support/files.js";
import {directories} from "../support/paths.js";
import type {Dataset, Example} from "./types.js";

/**
 * Classes of the collection: COVIDx's four, pneumonia of other or unnamed causes, and images of which nothing is said.
 */
export const cohenClasses = ["COVID-19", "viral", "bacteria", "normal", "other pneumonia", "not stated"] as const;

type CohenClass = (typeof cohenClasses)[number];

/** What the collection's findings are counted as. A finding of several ("COVID-19, ARDS") counts as its first. */
const classOf: Record<string, CohenClass> = {
  "COVID-19": "COVID-19",
  SARS: "viral",
  Varicella: "viral",
  Influenza: "viral",
  Streptococcus: "bacteria",
  Klebsiella: "bacteria",
  "Mycoplasma Bacterial Pneumonia": "bacteria",
  "E.Coli": "bacteria",
  Legionella: "bacteria",
  Chlamydophila: "bacteria",
  Bacterial: "bacteria",
  "No Finding": "normal",
  Pneumocystis: "other pneumonia",
  Lipoid: "other pneumonia",
  Pneumonia: "other pneumonia",
  ARDS: "other pneumonia",
  Unknown: "not stated",
  todo: "not stated"
};

/** A line of the collection's table. */
interface CohenImage {
  file: string;
  path: string;
  patient: string;
  finding: string;
  /** Path of the picture of its lungs, if it has one. */
  lungs?: string;
  where: string;
}

/**
 * The frontal radiographs that Cohen et al. (2020, arXiv:2006.11988) had collected by August 2020.
 * @throws UserError where the collection's table is not here, or lacks a column
 */
export function cohenImages(directory = join(directories.external(), "cohen")): CohenImage[] {
  const table = join(directory, "metadata.csv");
  if (!existsSync(table)) {
    throw new UserError(`The images of Cohen et al. are not here: ${table} does not exist.`, {
      hint:
        "Set EXTERNAL_DIR to the folder that holds cohen/metadata.csv and cohen/images. Without it, " +
        "published results are shown."
    });
  }
  const lines = csvParse(readBytes(table).toString("utf8"));
  const missing = ["image", "patientid", "finding"].filter((column) => !lines.columns.includes(column));
  if (missing.length > 0) throw new UserError(`${table} has no column ${missing.join(", ")}.`);
  return lines.map(({image, patientid, finding, lungs}, i) => ({
    file: basename(image),
    path: join(directory, image),
    patient: patientid,
    finding,
    lungs: lungs ? join(directory, lungs) : undefined,
    where: `${table}, line ${i + 2}`
  }));
}

const name = "cohen";

/**
 * The collection with its classes, all images in the list "test", each patient by the collection's number.
 * @throws UserError as `cohenImages` does, and for a finding that is not known
 */
export function openCohen(directory?: string): Dataset {
  return {
    name,
    title: "Cohen et al., August 2020",
    classes: cohenClasses,
    train: [],
    test: cohenImages(directory).map(({file, path, patient, finding, where}, row): Example => {
      const label = cohenClasses.indexOf(classOf[finding.split(",")[0].trim()]);
      if (label >= 0) return {id: {collection: name, patient, file}, row, split: "test", path, label};
      throw new UserError(`${where}: the finding "${finding}" is not known.`, {
        hint: `Known are ${Object.keys(classOf).join(", ")}.`
      });
    }),
    notes: {duplicateLines: [], inBothSplits: []}
  };
}
