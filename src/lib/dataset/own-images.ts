import {existsSync, statSync} from "node:fs";
import {basename, join, resolve} from "node:path";
import {UserError} from "../support/errors.js";
import {isImage} from "./folder.js";
import {labelsIn} from "./folder-layout.js";
import {filesBelow} from "./tree.js";

/** An image that somebody gave. */
export interface OwnImage {
  /** As it was given, or below the folder that was given. */
  file: string;
  path: string;
  /** Index into the classes, where a folder says it. */
  label?: number;
}

/**
 * The images of files and folders, in that order; folders with all that are in them, sorted. Where a folder is laid out as a
 * dataset of these classes, its images have labels.
 * @throws UserError where a path does not exist or cannot be read, or none holds an image
 */
export function findImages(paths: readonly string[], classes: readonly string[]): OwnImage[] {
  const images = paths.flatMap((path) => {
    if (!existsSync(path)) {
      throw new UserError(`There is no file or folder ${resolve(path)}.`, {
        hint: "Check the path; quote one with spaces."
      });
    }
    return statSync(path).isDirectory() ? inFolder(path, classes) : [{file: path, path: resolve(path)}];
  });
  if (images.length > 0) return images;
  throw new UserError(`There are no images in ${paths.join(", ")}.`, {
    hint: "Images are png, jpg, tif, webp, gif or avif; convert others, such as DICOM, first."
  });
}

function inFolder(folder: string, classes: readonly string[]): OwnImage[] {
  const labelOf = labelsIn(folder, classes);
  return filesBelow(folder)
    .filter((file) => isImage(basename(file)))
    .map((file) => {
      const label = labelOf(file);
      return {file: join(folder, file), path: resolve(folder, file), ...(label !== undefined && {label})};
    });
}
