import {existsSync, statSync} from "node:fs";
import {basename, join, resolve} from "node:path";
import {UserError} from "../support/errors.js";
import {countByClass, requireDivisible, requireListed} from "./enough.js";
import {type ClassFolder, layoutOf} from "./folder-layout.js";
import {isImage} from "./image-file.js";
import {notTaken} from "./not-taken.js";
import {stratifiedSample} from "./split.js";
import {filesBelow} from "./tree.js";
import type {Dataset, Example, ListedImage, Split} from "./types.js";

export interface FolderOptions {
  /**
   * `PATH/<class>/*.png` or `PATH/train/<class>/*.png` and `PATH/test/<class>/*.png`; also DICOM, jpg, tif, webp, gif,
   * avif.
   */
  path: string;
  title?: string;
  /** Share of each class that is held out for testing where the folder has no split of its own. */
  testShare?: number;
  seed?: number;
}

/** The smallest share there is: a study that draws images to validate on draws at least one of each class. */
const someShare = Number.MIN_VALUE;

/**
 * Reads any folder of classes. Classes and files are in alphabetical order; the patient of an image is unknown, so each
 * file is its own, and files of one name in two folders are two images. Images that the folder sets apart for
 * validation follow the others of the training list.
 * @throws UserError where the folder is absent, is not laid out as `layoutOf` says, or has too few images of a class
 */
export function openFolder({path, title, testShare = 0.2, seed = 0}: FolderOptions): Dataset {
  const directory = resolve(path);
  if (!existsSync(directory) || !statSync(directory).isDirectory()) {
    throw new UserError(`There is no folder ${directory}.`, {
      hint: "Give `covidx`, `phantom`, or a folder of classes."
    });
  }
  const {classes, folders} = layoutOf(directory);
  const imagesIn = (folders: readonly ClassFolder[] = []) => folders.flatMap((folder) => listImages(directory, folder));
  const counted = (images: readonly ListedImage[]) => countByClass(classes, images);
  const name = basename(directory);
  const describe = (images: readonly ListedImage[]) => ({
    ...{name, title: title ?? name, classes},
    notes: {duplicateLines: [], inBothSplits: [], notTaken: notTaken(directory, images)}
  });
  if (folders.all) {
    const images = imagesIn(folders.all);
    requireDivisible(directory, counted(images), {test: testShare, validation: someShare});
    return {...describe(images), ...splitByChance(images, testShare, seed), testShare};
  }
  const [train, validation, test] = [folders.train, folders.validation, folders.test].map(imagesIn);
  if (folders.validation) requireListed(`The validation folder of ${directory}`, counted(validation), "validation");
  requireListed(`The test folder of ${directory}`, counted(test), "test");
  requireListed(`The training folder of ${directory}`, counted(train), "train");
  return {
    ...describe([...train, ...validation, ...test]),
    train: number([...train, ...validation], "train"),
    test: number(test, "test"),
    ...(folders.validation && {validation: validation.map((_, i) => train.length + i)})
  };
}

function splitByChance(images: readonly ListedImage[], testShare: number, seed: number) {
  const labels = images.map(({label}) => label);
  const held = new Set(stratifiedSample(labels, testShare, seed, "folder/test"));
  const part = (split: Split) =>
    number(
      images.filter((_, i) => held.has(i) === (split === "test")),
      split
    );
  return {train: part("train"), test: part("test")};
}

/** The images below the folder of a class, each named by its path in the dataset. */
const listImages = (directory: string, {label, folder}: ClassFolder): ListedImage[] =>
  filesBelow(join(directory, folder))
    .filter((file) => isImage(join(directory, folder, file)))
    .map((inner) => {
      const file = join(folder, inner);
      const id = {collection: basename(directory), patient: file, file};
      return {id, path: join(directory, file), label};
    });

const number = (images: ListedImage[], split: Split): Example[] => images.map((image, row) => ({row, split, ...image}));
