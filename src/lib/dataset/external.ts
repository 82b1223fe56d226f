import {existsSync} from "node:fs";
import {join} from "node:path";
import {UserError} from "../support/errors.js";
import {directories} from "../support/paths.js";
import {figure1} from "./external/figure1.js";
import {nih} from "./external/nih.js";
import {notTaken} from "./not-taken.js";
import type {Dataset, Example} from "./types.js";

/** Images from other hospitals than the study's. They never train. */
export const collections = {nih, figure1};

export type CollectionName = keyof typeof collections;

export const collectionNames = Object.keys(collections) as CollectionName[];

/**
 * Reads a collection's labels in `EXTERNAL_DIR/<name>`; no image is opened. All of its images are in the list "test".
 * @throws UserError where the folder is not here, or as the collection says
 */
export function openExternal(name: CollectionName, directory = directories.external()): Dataset {
  const {title, labels, list} = collections[name];
  const folder = join(directory, name);
  if (!existsSync(folder)) {
    throw new UserError(`The images of ${title} are not here: ${folder} does not exist.`, {
      hint: "Set EXTERNAL_DIR to the folder that holds it. Without it, published results are shown."
    });
  }
  const test = list(folder).map(({patient, file, ...image}, row): Example => ({
    id: {collection: name, patient, file},
    row,
    split: "test",
    ...image
  }));
  const left = notTaken(join(folder, "images"), test);
  const notes = {duplicateLines: [], inBothSplits: [], notTaken: left};
  const remedy = "Restore these files below EXTERNAL_DIR. Without the collection, published results are shown.";
  return {name, title, classes: labels, train: [], test, notes, remedy};
}
