import {existsSync} from "node:fs";
import {join, resolve} from "node:path";
import {UserError} from "../support/errors.js";
import {labelsIn} from "./folder-layout.js";
import {imageExtensions, isImage} from "./image-file.js";
import {notTaken, notTakenInWords} from "./not-taken.js";
import {filesBelow, isFolder} from "./tree.js";
import type {ListedImage} from "./types.js";

/** An image that somebody gave; its class, where a folder says it. Its file is named as it was given. */
export type OwnImage = Omit<ListedImage, "label"> & Partial<Pick<ListedImage, "label">>;

/** Who a file is of, nobody knows: its own name stands for its patient. */
export const ownId = (file: string) => ({collection: "own", patient: file, file});

/**
 * The images of files and folders, in that order; folders with all that are in them, sorted. Where a folder is laid out
 * as a dataset of these classes, its images have labels.
 * @throws UserError where a path does not exist or cannot be read, or none holds an image
 */
export function findImages(paths: readonly string[], classes: readonly string[]): OwnImage[] {
  const images = paths.flatMap((path): OwnImage[] => {
    if (!existsSync(path)) {
      throw new UserError(`There is no file or folder ${resolve(path)}.`, {
        hint: "Check the path; quote one with spaces."
      });
    }
    return isFolder(path) ? inFolder(path, classes) : [{id: ownId(path), path: resolve(path)}];
  });
  if (images.length > 0) return images;
  throw new UserError([`There are no images in ${paths.join(", ")}.`, ...leftInFolders(paths, images)].join("\n  "), {
    hint: `Images are ${imageExtensions.join(", ")}, and DICOM files without extension; convert others first.`
  });
}

/** What lies in folders beside the images that were taken from them, a line for each that holds something. */
export const leftInFolders = (paths: readonly string[], images: readonly OwnImage[]): string[] =>
  paths.filter(isFolder).flatMap((folder) => {
    const words = notTakenInWords(notTaken(resolve(folder), images));
    return words ? [`${folder}: ${words}.`] : [];
  });

function inFolder(folder: string, classes: readonly string[]): OwnImage[] {
  const labelOf = labelsIn(folder, classes);
  return filesBelow(folder)
    .filter((file) => isImage(join(folder, file)))
    .map((file) => {
      const label = labelOf(file);
      return {id: ownId(join(folder, file)), path: resolve(folder, file), ...(label !== undefined && {label})};
    });
}
