import {createHash} from "node:crypto";
import {readFileSync} from "node:fs";
import {UserError} from "../support/errors.js";
import type {Division} from "./split.js";
import {divided} from "./split.js";
import type {Inventory} from "./types.js";

interface PublishedRows {
  /** Images of the list that the rows are of. */
  listed: number;
  /** SHA-256 of the names of their classes in order, joined by line feeds. */
  classesSha256: string;
  rows: number[];
}

/** The validation images that a study names instead of drawing its own. */
export interface PublishedValidation {
  rows: "study-2020";
}

/**
 * The division of COVIDx's training list that the study of 2020 made (scikit-learn's StratifiedShuffleSplit with
 * `random_state` 42), as positions among the images that are present: a row whose image is absent is on neither side.
 * @throws UserError where the list is another, by the class of every row
 */
export function study2020Split({
  title,
  classes,
  splits: {train}
}: Pick<Inventory, "title" | "classes" | "splits">): Division {
  const published = publishedRows();
  if (classesDigest(train, classes) !== published.classesSha256) {
    throw new UserError(
      "The study of 2020 names its validation images by their rows in the list of " +
        `${published.listed} training images of ` +
        `COVIDx's first version; the list of ${title}, of ${train.listed}, is another.`,
      {hint: "Set validation to {fraction, seed, groupByPatient} in src/study.ts, or use that version of COVIDx."}
    );
  }
  const rows = new Set(published.rows);
  return divided(train.rows.length, new Set([...train.rows.keys()].filter((i) => rows.has(train.rows[i]))));
}

const publishedRows = () =>
  JSON.parse(
    readFileSync(new URL("../../../data/study-2020-validation-rows.json", import.meta.url), "utf8")
  ) as PublishedRows;

/** Digest of the classes of all listed images in order, those that cannot be read included. */
function classesDigest({rows, labels, problems}: Inventory["splits"]["train"], classes: readonly string[]): string {
  const names: string[] = [];
  rows.forEach((row, i) => (names[row] = classes[labels[i]]));
  for (const {row, label} of problems) names[row] = classes[label];
  return createHash("sha256").update(names.join("\n")).digest("hex");
}
