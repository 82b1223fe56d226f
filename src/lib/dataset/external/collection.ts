import {readdirSync} from "node:fs";
import {join} from "node:path";
import {UserError} from "../../support/errors.js";
import {isFolder} from "../../support/files.js";
import {isImage} from "../image-file.js";
import type {ImageId, ListedImage} from "../types.js";

/** An image of a collection that only validates: who and what it shows, by the collection's own files. */
export type ExternalImage = Pick<ListedImage, "path" | "label"> & Omit<ImageId, "collection">;

/** A collection from other hospitals than the study's, which never trains. */
export interface Collection {
  title: string;
  /** What it calls its images, in its own words. */
  labels: readonly string[];
  /** The label that says that nothing was found. */
  healthy: string;
  /** Throws `UserError` where something is missing in the folder, or is not as published. */
  list(folder: string): ExternalImage[];
}

/** The images of a folder in alphabetical order. Throws `UserError` where there is none. */
export function imagesIn(folder: string): string[] {
  const files = isFolder(folder) ? readdirSync(folder) : [];
  const images = files.filter((file) => isImage(join(folder, file))).sort();
  if (images.length > 0) return images;
  throw new UserError(`There are no images in ${folder}.`, {
    hint: "Restore the folder below EXTERNAL_DIR. Without it, published results are shown."
  });
}
