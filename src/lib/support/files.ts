import {existsSync, mkdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync} from "node:fs";
import {dirname} from "node:path";
import {UserError} from "./errors.js";

/** What keeps a file from being written, and what to do besides going elsewhere. */
const explanations: Record<string, string> = {
  ENOSPC: "The disk is full: free some space",
  EDQUOT: "The disk quota is used up: free some space",
  EROFS: "The file system is read-only: make it writable",
  EACCES: "The folder cannot be written: change its permissions",
  EPERM: "The folder cannot be written: change its permissions",
  EEXIST: "Something that is not a folder is in the way: move it",
  ENOTDIR: "Something that is not a folder is in the way: move it",
  EISDIR: "A folder is in the way: move it",
  ENOENT: "Nothing can be made there: check the path",
  ELOOP: "A link leads back to itself: remove it",
  ENAMETOOLONG: "The name is too long: shorten it"
};

/**
 * Turns a file system's error code into what went wrong with which path and what to do; other errors pass unchanged.
 */
export function explainWriteError(error: unknown, path: string): unknown {
  const explanation = explanations[(error as NodeJS.ErrnoException).code ?? ""];
  if (!explanation) return error;
  const hint = `${explanation}, or choose another place; that of the cache is CACHE_DIR.`;
  return new UserError(`Cannot write ${path}: ${(error as Error).message}`, {hint, cause: error});
}

/** Creates a folder and those above it; throws UserError when that is not possible, also when a file is in the way. */
export function makeFolder(path: string): void {
  try {
    // One after the other: where nothing can be made, as under /proc, `mkdirSync` with `recursive` never ends.
    if (!existsSync(dirname(path))) makeFolder(dirname(path));
    mkdirSync(path);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "EEXIST" && isFolder(path)) return;
    throw explainWriteError(error, path);
  }
}

/** Whether a path leads to a folder; one that cannot be followed does not. */
export const isFolder = (path: string) => existsSync(path) && statSync(path).isDirectory();

/** The content of a file that is there; throws UserError where something else is in its place, or it cannot be read. */
export function readBytes(path: string): Buffer {
  const kind = statSync(path);
  if (!kind.isFile()) {
    throw new UserError(`${path} is ${kind.isDirectory() ? "a folder" : "a device"} where a file should be.`, {
      hint: "Put the file in its place."
    });
  }
  try {
    return readFileSync(path);
  } catch (error) {
    throw new UserError(`Cannot read ${path}: ${(error as Error).message}.`, {
      hint: "Change its permissions.",
      cause: error
    });
  }
}

/**
 * Writes a file, and the folders above it, under a temporary name and renames it: a reader sees all of it or nothing.
 */
export function writeAtomic(path: string, content: string | Uint8Array): void {
  makeFolder(dirname(path));
  const temporary = `${path}.${process.pid}.tmp`;
  try {
    writeFileSync(temporary, content);
    renameSync(temporary, path);
  } catch (error) {
    // What has just been made can be removed; else there is nothing to remove.
    if (existsSync(temporary)) rmSync(temporary);
    throw explainWriteError(error, path);
  }
}
