import {mkdirSync, renameSync, rmSync, writeFileSync} from "node:fs";
import {dirname} from "node:path";
import {UserError} from "./errors.js";

const explanations: Record<string, string> = {
  ENOSPC: "The disk is full: free some space, or point CACHE_DIR at another disk.",
  EROFS: "The file system is read-only: point CACHE_DIR at a folder that can be written.",
  EACCES: "The folder cannot be written: change its permissions, or point CACHE_DIR elsewhere.",
  EPERM: "The folder cannot be written: change its permissions, or point CACHE_DIR elsewhere.",
  EEXIST: "Something that is not a folder is in the way: move it, or point CACHE_DIR elsewhere.",
  ENOTDIR: "Something that is not a folder is in the way: move it, or point CACHE_DIR elsewhere.",
  EDQUOT: "The disk quota is used up: free some space, or point CACHE_DIR at another disk."
};

/** Turns a file system's error code into what went wrong with which path and what to do; other errors pass unchanged. */
export function explainWriteError(error: unknown, path: string): unknown {
  const hint = explanations[(error as NodeJS.ErrnoException).code ?? ""];
  return hint ? new UserError(`Cannot write ${path}: ${(error as Error).message}`, {hint, cause: error}) : error;
}

/** Creates a folder and those above it; throws UserError when that is not possible, also when a file is in the way. */
export function makeFolder(path: string): void {
  try {
    mkdirSync(path, {recursive: true});
  } catch (error) {
    throw explainWriteError(error, path);
  }
}

/** Writes a file, and the folders above it, under a temporary name and renames it: a reader sees all of it or nothing. */
export function writeAtomic(path: string, content: string | Uint8Array): void {
  makeFolder(dirname(path));
  const temporary = `${path}.${process.pid}.tmp`;
  try {
    writeFileSync(temporary, content);
    renameSync(temporary, path);
  } catch (error) {
    rmSync(temporary, {force: true});
    throw explainWriteError(error, path);
  }
}
