import {existsSync, readdirSync, statSync} from "node:fs";
import {basename, extname, join, resolve} from "node:path";
import {UserError} from "../support/errors.js";
import {stratifiedSample} from "./split.js";
import type {Dataset, Example, Split} from "./types.js";

export interface FolderOptions {
  /** `PATH/<class>/*.png` or `PATH/train/<class>/*.png` and `PATH/test/<class>/*.png`; also jpg, tif, webp, gif, avif. */
  path: string;
  title?: string;
  /** Share of each class that is held out for testing where the folder has no split of its own. */
  testShare?: number;
  seed?: number;
}

const imageExtensions = new Set([".png", ".jpg", ".jpeg", ".tif", ".tiff", ".webp", ".gif", ".avif"]);

/**
 * Reads any folder of classes. Classes and files are in alphabetical order; the patient of an image is unknown, so each
 * file is its own. Throws `UserError` where the folder is absent, or has fewer than two classes or an empty one.
 */
export function openFolder({path, title, testShare = 0.2, seed = 0}: FolderOptions): Dataset {
  const directory = resolve(path);
  if (!existsSync(directory) || !statSync(directory).isDirectory()) {
    throw new UserError(`There is no folder ${directory}.`, {
      hint: "Give `covidx`, `phantom`, or a folder of classes."
    });
  }
  const isSplit = (["train", "test"] as const).every((split) => existsSync(join(directory, split)));
  const {classes, train, test} = isSplit ? readSplit(directory) : splitByChance(directory, testShare, seed);
  const name = basename(directory);
  return {name, title: title ?? name, classes, train, test, notes: {duplicateLines: [], inBothSplits: []}};
}

function readSplit(directory: string) {
  const classes = classNames(join(directory, "train"));
  const unknown = subfolders(join(directory, "test")).filter((name) => !classes.includes(name));
  if (unknown.length > 0) {
    throw new UserError(`${join(directory, "test")} has classes that train has not: ${unknown.join(", ")}.`, {
      hint: "Give train and test the same folders of classes."
    });
  }
  const read = (split: Split) => number(listImages(join(directory, split), classes, split === "train" ? 1 : 0), split);
  const test = read("test");
  if (test.length === 0) throw new UserError(`${join(directory, "test")} has no images.`, {hint: layout});
  return {classes, train: read("train"), test};
}

function splitByChance(directory: string, testShare: number, seed: number) {
  const classes = classNames(directory);
  const images = listImages(directory, classes, 2);
  const labels = images.map(({label}) => label);
  const held = new Set(stratifiedSample(labels, testShare, seed, "folder/test"));
  const part = (split: Split) =>
    number(
      images.filter((_, i) => held.has(i) === (split === "test")),
      split
    );
  return {classes, train: part("train"), test: part("test")};
}

const layout =
  "Lay it out as PATH/<class>/<image>, or as PATH/train/<class>/<image> and PATH/test/<class>/<image>; images are " +
  [...imageExtensions].join(", ") +
  ".";

function classNames(directory: string) {
  const classes = subfolders(directory);
  if (classes.length < 2) throw new UserError(`${directory} has fewer than two folders of classes.`, {hint: layout});
  return classes;
}

type Listed = Pick<Example, "file" | "path" | "label" | "patient">;

function listImages(directory: string, classes: string[], atLeast: number): Listed[] {
  return classes.flatMap((name, label) => {
    const folder = join(directory, name);
    const files = existsSync(folder) ? readdirSync(folder).filter(isImage).sort() : [];
    if (files.length < atLeast) {
      throw new UserError(`${folder} has ${files.length} images, needs ${atLeast} or more.`, {hint: layout});
    }
    return files.map((file) => ({
      file: `${name}/${file}`,
      path: join(folder, file),
      label,
      patient: `${name}/${file}`
    }));
  });
}

const number = (images: Listed[], split: Split): Example[] => images.map((image, row) => ({row, split, ...image}));

/** Whether a file is named like an image that can be decoded, and not hidden. */
export const isImage = (file: string) => !file.startsWith(".") && imageExtensions.has(extname(file).toLowerCase());

/** @throws UserError where a link leads nowhere: whoever made it wants a class there */
function leadsToFolder(path: string): boolean {
  if (existsSync(path)) return statSync(path).isDirectory();
  throw new UserError(`${path} is a link that leads nowhere.`, {hint: "Mend the link, or remove it."});
}

const subfolders = (directory: string) =>
  readdirSync(directory, {withFileTypes: true})
    .filter((entry) => !entry.name.startsWith("."))
    .map(({name}) => name)
    .filter((name) => leadsToFolder(join(directory, name)))
    .sort();
