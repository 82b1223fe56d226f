import {join} from "node:path";
import {UserError} from "../support/errors.js";
import {requireTargets, subfolders} from "./tree.js";

/** A part of a dataset that has images of its own. */
export type Part = "train" | "validation" | "test";

const partNames: Record<Part, RegExp> = {
  train: /^train(ing)?$/i,
  validation: /^val(id(ation)?)?$/i,
  test: /^test(ing)?$/i
};
const parts = Object.keys(partNames) as Part[];

/** The part that a folder of that name holds; undefined for all other names. */
export const partOf = (name: string): Part | undefined => parts.find((part) => partNames[part].test(name));

/**
 * Names that differ in case, or in how their accents are encoded, are one: there are file systems that cannot tell them
 * apart.
 */
export const sameName = (name: string): string => name.normalize("NFC").toLowerCase();

/** How a folder of classes may be laid out, for whoever has to change one. */
export const expectedLayout =
  "Lay it out as PATH/CLASS/IMAGE, or as PATH/train/CLASS/IMAGE and PATH/test/CLASS/IMAGE, and " +
  "PATH/val/CLASS/IMAGE if images\n" +
  "  are set apart for validation. Folders within a class, such as one for each patient, are all of that class.";

const refusal = (what: string) => new UserError(what, {hint: expectedLayout});

/** A class in one part of a dataset, or in all of it: its folder, relative to the dataset's. */
export interface ClassFolder {
  label: number;
  folder: string;
}

export interface FolderLayout {
  classes: string[];
  /** The folders of the classes in each part, or `all` where there are no parts. */
  folders: Partial<Record<Part | "all", ClassFolder[]>>;
}

/**
 * Says which folders of a dataset's are classes and which are parts. A name counts whatever its case.
 * @throws UserError with the layout that is expected: for fewer than two classes, classes of one name, training
 *   without test
 * images or the reverse, a class that only the test or validation images have, and parts or classes inside a class
 */
export function layoutOf(directory: string): FolderLayout {
  requireTargets(directory);
  const top = subfolders(directory);
  const divided = top.filter(partOf);
  if (divided.length === 0) {
    const classes = classesIn(directory);
    return {classes, folders: {all: within(directory, ".", classes)}};
  }
  const folderOf = onePerPart(directory, divided);
  for (const part of ["train", "test"] as const) {
    if (!folderOf[part]) throw refusal(`${directory} has a folder ${divided.join(", ")}, but none called ${part}.`);
  }
  const others = top.filter((name) => !partOf(name));
  if (others.length > 0) {
    throw refusal(`${directory} has ${others.join(", ")} beside ${divided.join(", ")}: neither a part nor in one.`);
  }
  const classes = classesIn(join(directory, folderOf.train!));
  const found = parts.flatMap((part) => {
    const folder = folderOf[part];
    return folder === undefined ? [] : [[part, within(directory, folder, classes)] as const];
  });
  return {classes, folders: Object.fromEntries(found)};
}

function onePerPart(directory: string, names: readonly string[]): Partial<Record<Part, string>> {
  const found: Partial<Record<Part, string>> = {};
  for (const name of names) {
    const part = partOf(name)!;
    if (found[part]) throw refusal(`${directory} has two folders of ${part} images: ${found[part]} and ${name}.`);
    found[part] = name;
  }
  return found;
}

function classesIn(directory: string): string[] {
  const classes = subfolders(directory);
  if (classes.length === 1) {
    const inner = subfolders(join(directory, classes[0]));
    const meant = inner.length > 1 ? ` Its only folder, ${classes[0]}, has ${inner.length}: is that the dataset?` : "";
    throw refusal(`${directory} has fewer than two folders of classes.${meant}`);
  }
  if (classes.length < 2) throw refusal(`${directory} has fewer than two folders of classes.`);
  return classes;
}

/** The folders of classes in a part's folder, which is "." where there are no parts. */
function within(directory: string, part: string, classes: readonly string[]): ClassFolder[] {
  const path = join(directory, part);
  requireTargets(path);
  const labels = new Map(classes.map((name, label) => [sameName(name), label]));
  const names = subfolders(path);
  const twice = names.find((name, i) => names.findIndex((other) => sameName(other) === sameName(name)) < i);
  if (twice) {
    const alike = names.filter((name) => sameName(name) === sameName(twice)).join(" and ");
    throw refusal(`${path} has ${alike}, which differ in case or encoding alone: are they one class?`);
  }
  const unknown = names.filter((name) => !labels.has(sameName(name)));
  if (unknown.length > 0) throw refusal(`${path} has classes that train has not: ${unknown.join(", ")}.`);
  return names.map((name) => {
    const inside = misplaced(subfolders(join(path, name)), labels);
    if (inside) throw refusal(`${join(path, name)} has a folder ${inside}, which is the name of a part or a class.`);
    return {label: labels.get(sameName(name))!, folder: join(part, name)};
  });
}

/** A folder within a class whose name says that its images are not simply of that class. */
const misplaced = (inner: readonly string[], labels: ReadonlyMap<string, unknown>) =>
  inner.find((name) => partOf(name) || labels.has(sameName(name)));

/**
 * The class of an image by its path in a folder whose folders are the classes, whatever their case, or parts that have
 * these; a path through a further part or class says nothing. Undefined for all images where there are other folders.
 */
export function labelsIn(directory: string, classes: readonly string[]): (file: string) => number | undefined {
  const labels = new Map(classes.map((name, label) => [sameName(name), label]));
  const areClasses = (names: readonly string[]) =>
    names.length > 0 && names.every((name) => labels.has(sameName(name)));
  const top = subfolders(directory);
  const depth = areClasses(top)
    ? 0
    : top.length > 0 && top.every((name) => partOf(name) && areClasses(subfolders(join(directory, name))))
      ? 1
      : undefined;
  return (file) => {
    const [name, ...inner] = file.split("/").slice(depth, -1);
    return depth === undefined || name === undefined || misplaced(inner, labels)
      ? undefined
      : labels.get(sameName(name));
  };
}
