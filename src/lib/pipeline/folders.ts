import {mkdirSync} from "node:fs";
import {dirname} from "node:path";
import {explainWriteError, writeAtomic} from "../support/files.js";

/** Creates a folder and those above it; throws UserError when that is not possible, also when a file is in the way. */
export function makeFolder(path: string): void {
  try {
    mkdirSync(path, {recursive: true});
  } catch (error) {
    const inTheWay = (error as NodeJS.ErrnoException).code === "EEXIST";
    throw explainWriteError(inTheWay ? Object.assign(error as Error, {code: "ENOTDIR"}) : error, path);
  }
}

/** Writes a file as a whole or not at all, creating its folder. */
export function writeFile(path: string, content: string): void {
  makeFolder(dirname(path));
  writeAtomic(path, content);
}
