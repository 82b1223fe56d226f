import {readdirSync, readFileSync} from "node:fs";
import {basename, join, relative} from "node:path";
import {UserError} from "../support/errors.js";
import {isFolder} from "../support/files.js";
import {activations} from "./activations.js";
import {gradCamMaps} from "./cam.js";
import type {Checker, Settings} from "./checker.js";
import {NotChecked} from "./checker.js";
import {metrics} from "./metrics.js";
import {tsneDivergence} from "./tsne.js";

/** One file of the folder. */
export interface Finding {
  /** Its path in the folder. */
  file: string;
  what: string;
  state: "ok" | "FAIL" | "not checked" | "unknown";
  /** The largest relative error and what it may be; absent where nothing was compared. */
  error?: number;
  tolerance?: number;
  seconds: number;
  /** Where the error is, or why there is none. */
  detail: string;
}

const checkers: readonly Checker[] = [activations, gradCamMaps, metrics, tsneDivergence];

/** Files that belong to a folder of references, but that this version has nothing to compare with. */
const unchecked: readonly {name: RegExp; what: string; reason: string}[] = [
  {name: /^published\.json$/, what: "published figures", reason: "they are cited, not computed"},
  {name: /^study_2020_\w+\.json$/, what: "records of the 2020 study", reason: "they are cited, not computed"},
  {name: /\.npy$/, what: "matrix", reason: "it is read with the reference that names it"}
];

/**
 * Checks the active backend against every reference file in a folder and those below it, one after the other.
 * @throws UserError where the folder cannot be read or is empty
 */
export async function* verify(folder: string, settings: Settings): AsyncGenerator<Finding> {
  for (const file of filesOf(folder)) {
    const start = performance.now();
    const finding = await examine(join(folder, file), settings);
    yield {file, ...finding, seconds: (performance.now() - start) / 1000};
  }
}

function filesOf(folder: string): string[] {
  if (!isFolder(folder)) {
    throw new UserError(`There is no folder ${folder}.`, {hint: "Name the folder that holds the reference files."});
  }
  const paths = readdirSync(folder, {recursive: true, withFileTypes: true})
    .filter((entry) => !entry.isDirectory())
    .map(({parentPath, name}) => relative(folder, join(parentPath, name)));
  if (paths.length === 0) throw new UserError(`The folder ${folder} is empty.`);
  return paths.sort();
}

async function examine(path: string, settings: Settings): Promise<Omit<Finding, "file" | "seconds">> {
  const known = unchecked.find(({name}) => name.test(basename(path)));
  if (known) return {what: known.what, state: "not checked", detail: known.reason};
  if (!path.endsWith(".json")) return unknown;
  let what = "JSON";
  try {
    const content: unknown = JSON.parse(readFileSync(path, "utf8"));
    const checker = checkers.find(({recognises}) => typeof content === "object" && content && recognises(content));
    if (!checker) return unknown;
    what = checker.kind;
    const outcome = await checker.check(path, settings);
    return {...outcome, state: outcome.error <= outcome.tolerance ? "ok" : "FAIL"};
  } catch (error) {
    if (error instanceof NotChecked) return {what, state: "not checked", detail: error.message};
    if (!isAboutTheFile(error)) throw error;
    return {what, state: "FAIL", detail: error.message};
  }
}

const unknown = {what: "?", state: "unknown", detail: "not a reference that this version knows"} as const;

const isAboutTheFile = (error: unknown): error is Error =>
  error instanceof UserError || error instanceof SyntaxError || "code" in (error as object);
