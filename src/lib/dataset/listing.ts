import {existsSync, readdirSync, realpathSync, statSync} from "node:fs";
import {join, resolve} from "node:path";
import {UserError} from "../support/errors.js";

/** Names in a folder in alphabetical order, but for hidden ones. Throws `UserError` where it may not be read. */
export const listFolder = (folder: string): string[] =>
  readable(folder, () => readdirSync(folder))
    .filter((name) => !name.startsWith("."))
    .sort();

/** A link that leads nowhere, or to itself, is none. */
export const isFolder = (path: string): boolean =>
  readable(path, () => existsSync(path) && statSync(path).isDirectory());

/**
 * Names of all files in a folder and its folders, relative to it, but for hidden ones. A link to a folder that it lies in is not
 * followed, which would never end; one to another folder is, since whoever made it wants the images there.
 */
export function filesBelow(folder: string, above: readonly string[] = []): string[] {
  const real = readable(folder, () => realpathSync(folder));
  if (above.includes(real)) return [];
  return listFolder(folder).flatMap((name) => {
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
