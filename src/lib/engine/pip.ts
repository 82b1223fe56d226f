import {readdirSync, rmSync, statSync} from "node:fs";
import {join} from "node:path";
import {makeFolder} from "../support/files.js";
import type {OnProgress} from "../support/progress.js";
import type {Run} from "./run-command.js";
import {complaint} from "./run-command.js";
import {architectures, unavailable} from "./tools.js";

export interface PipOptions {
  python: string;
  run: Run;
  /** A folder for pip's temporary files, on the disk where space was checked; its growth is the progress. */
  temporary: string;
  /** What is fetched, for messages, and about how many bytes of it will arrive. */
  what: string;
  bytes: number;
  onProgress?: OnProgress;
}

/**
 * Arguments that fix the Python and the platform that wheels are chosen for, so that the local Python may have any
 * version: only the libraries inside the wheels are used.
 */
export const wheelTarget = () => [
  "--no-deps",
  "--only-binary=:all:",
  "--implementation=cp",
  "--python-version=3.11",
  ...["cp311", "abi3", "none"].map((abi) => `--abi=${abi}`),
  ...["_2_28", "_2_27", "_2_17", "2014"].map((glibc) => `--platform=manylinux${glibc}_${architectures[process.arch]}`)
];

/** Runs a command of pip. Throws a UserError with pip's complaint if it fails. */
export async function pip(
  args: string[],
  {python, run, temporary, what, bytes, onProgress}: PipOptions
): Promise<void> {
  rmSync(temporary, {recursive: true, force: true});
  makeFolder(temporary);
  const report = (done: number) =>
    onProgress?.({done: Math.min(done, bytes), total: bytes, unit: "bytes", note: `downloading ${what}`});
  const timer = setInterval(() => report(folderBytes(temporary)), 500);
  try {
    const quiet = ["--no-cache-dir", "--disable-pip-version-check", "--progress-bar=off", "--quiet"];
    const outcome = await run(python, ["-m", "pip", ...args, ...quiet], {env: {TMPDIR: temporary}});
    if (outcome.code !== 0) {
      throw unavailable(
        `pip could not fetch ${what}:\n${complaint(outcome)}\n `,
        "Check the network, and run the setup again."
      );
    }
    report(bytes);
  } finally {
    clearInterval(timer);
    rmSync(temporary, {recursive: true, force: true});
  }
}

/** The bytes of the files under a folder that another program is changing meanwhile. */
function folderBytes(folder: string): number {
  const paths = readdirSync(folder, {recursive: true, encoding: "utf8"});
  return paths.reduce((sum, path) => sum + (statSync(join(folder, path), {throwIfNoEntry: false})?.size ?? 0), 0);
}
