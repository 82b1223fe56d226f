import {existsSync, readdirSync, realpathSync, statSync} from "node:fs";
import {join, resolve} from "node:path";
import {UserError} from "../support/errors.js";
import {isImage} from "./folder.js";

/** An image that somebody gave. */
export interface OwnImage {
  /** As it was given, or below the folder that was given. */
  file: string;
  path: string;
  /** Index into the classes, where a folder says it. */
  label?: number;
}

/**
 * The images of files and folders, in that order; folders with all that are in them, sorted. Where a folder has folders of
 * classes' names, whatever their case, and no others, its images have labels.
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
  const names = classes.map((name) => name.toLowerCase());
  const entries = list(folder);
  const folders = entries.filter((name) => isFolder(join(folder, name)));
  const ofClasses = folders.length > 0 && folders.every((name) => names.includes(name.toLowerCase()));
  return below(folder).map((file) => {
    const [top] = file.split("/");
    const label = ofClasses ? names.indexOf(top.toLowerCase()) : -1;
    return {file: join(folder, file), path: resolve(folder, file), ...(label >= 0 ? {label} : {})};
  });
}

/**
 * Names of the images in a folder and its folders, relative to it. A link to a folder that it lies in is not followed, which
 * would never end; one to another folder is, since whoever made it wants the images there.
 */
function below(folder: string, above: readonly string[] = []): string[] {
  const real = readable(folder, () => realpathSync(folder));
  if (above.includes(real)) return [];
  return list(folder).flatMap((name) => {
    const path = join(folder, name);
    if (isFolder(path)) return below(path, [...above, real]).map((inner) => `${name}/${inner}`);
    return isImage(name) ? [name] : [];
  });
}

const list = (folder: string) =>
  readable(folder, () => readdirSync(folder))
    .filter((name) => !name.startsWith("."))
    .sort();

/** A link that leads nowhere, or to itself, is none. */
const isFolder = (path: string) => readable(path, () => existsSync(path) && statSync(path).isDirectory());

function readable<T>(path: string, read: () => T): T {
  try {
    return read();
  } catch (error) {
    throw new UserError(`Cannot read ${resolve(path)}: ${(error as Error).message}.`, {
      hint: "Change its permissions, or name the files and folders to take instead.",
      cause: error
    });
  }
}
