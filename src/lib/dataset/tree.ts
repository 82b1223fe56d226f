import {existsSync, readdirSync, realpathSync, statSync} from "node:fs";
import {join, resolve, sep} from "node:path";
import {UserError} from "../support/errors.js";

/** What an archive made on a Mac holds beside its files. */
const isHidden = (name: string) => name.startsWith(".") || name === "__MACOSX";

/** Names of what is in a folder and not hidden, sorted. Throws `UserError` where it may not be read. */
const visible = (folder: string) =>
  readable(folder, () => readdirSync(folder))
    .filter((name) => !isHidden(name))
    .sort();

/** A link that leads nowhere, or to itself, is none. */
export const isFolder = (path: string): boolean =>
  readable(path, () => existsSync(path) && statSync(path).isDirectory());

/** Throws `UserError` where a link in a folder leads nowhere: whoever made it wants something there. */
export function requireTargets(folder: string): void {
  const broken = visible(folder).find((name) => !existsSync(join(folder, name)));
  if (broken === undefined) return;
  throw new UserError(`${join(folder, broken)} is a link that leads nowhere.`, {hint: "Mend the link, or remove it."});
}

/** Names of the folders in a folder, sorted. Throws `UserError` where it may not be read. */
export const subfolders = (folder: string): string[] => visible(folder).filter((name) => isFolder(join(folder, name)));

/**
 * Names of the files in a folder and its folders, relative to it, sorted folder by folder. A link to a folder that it
 * lies in is not followed, which would never end; one to another folder is, since whoever made it wants the files
 * there.
 */
export function filesBelow(folder: string, above: readonly string[] = []): string[] {
  const real = readable(folder, () => realpathSync(folder));
  if (above.some((one) => one === real || one.startsWith(join(real, sep)))) return [];
  return visible(folder).flatMap((name) => {
    const path = join(folder, name);
    return isFolder(path) ? filesBelow(path, [...above, real]).map((inner) => `${name}/${inner}`) : [name];
  });
}

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
