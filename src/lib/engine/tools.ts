import {statfsSync} from "node:fs";
import {UserError} from "../support/errors.js";
import type {Run} from "./run-command.js";

/** The programs that provisioning needs, as they are called. */
export interface Tools {
  python: string;
  compiler: string;
}

/** Names of the processor architectures in Python's platform tags, by Node's names. */
export const architectures: Partial<Record<NodeJS.Architecture, string>> = {x64: "x86_64", arm64: "aarch64"};

/** The error of every obstacle: what it is, what to do, and what happens otherwise. */
export const unavailable = (obstacle: string, hint: string) =>
  new UserError(`libtensorflow cannot be installed: ${obstacle} The slower \`wasm\` backend will be used instead.`, {
    hint
  });

/**
 * Finds Python with pip and a C++ compiler. PYTHON and CXX name others. Throws a UserError that lists all that is
 * missing.
 */
export async function findTools(run: Run): Promise<Tools> {
  if (process.platform !== "linux" || !architectures[process.arch]) {
    throw unavailable(
      `this works on Linux (x86-64, ARM64), not on ${process.platform} (${process.arch}).`,
      "Nothing needs to be done."
    );
  }
  const tools = {python: process.env.PYTHON || "python3", compiler: process.env.CXX || "g++"};
  const works = async (command: string, ...args: string[]) => (await run(command, args)).code === 0;
  const missing: string[] = [];
  if (!(await works(tools.python, "--version"))) missing.push(`Python (${tools.python})`);
  else if (!(await works(tools.python, "-m", "pip", "--version"))) missing.push(`pip (${tools.python} -m pip)`);
  if (!(await works(tools.compiler, "--version"))) missing.push(`a C++ compiler (${tools.compiler})`);
  if (missing.length === 0) return tools;
  throw unavailable(
    `not found: ${missing.join(", ")}.`,
    "Install what is missing (on Debian or Ubuntu: apt-get install python3-pip g++), or name it in " +
      "PYTHON and CXX, and run the setup again."
  );
}

/** Free bytes on the disk that holds a folder. */
export function freeBytesOn(folder: string): number {
  const {bavail, bsize} = statfsSync(folder);
  return bavail * bsize;
}

/** Throws a UserError unless the space that is needed is free. */
export function checkDisk(free: number, needed: number): void {
  const gigabytes = (bytes: number) => `${(bytes / 1e9).toFixed(1)} GB`;
  if (free >= needed) return;
  throw unavailable(
    `it takes ${gigabytes(needed)} of disk space, ${gigabytes(free)} are free.`,
    "Free some space, or point CACHE_DIR at another disk, and run the setup again."
  );
}
