import {readFileSync} from "node:fs";
import {join, resolve} from "node:path";
import {UserError} from "../support/errors.js";
import {type FileState, stateOf} from "../support/file-state.js";
import {writeAtomic} from "../support/files.js";
import {root} from "../support/paths.js";
import {hash} from "./canonical.js";
import {computeFingerprint, type Fingerprint} from "./module-graph.js";
import {packageVersion} from "./packages.js";

export type FindFingerprint = (module: string) => Promise<Fingerprint>;

interface Remembered extends Fingerprint {
  format: string;
  /** State of each file, by path. */
  states: Record<string, string>;
}

/** Raised when fingerprints are computed otherwise than before. */
const format = `2 esbuild ${packageVersion("esbuild", root)}`;

/**
 * Gives the fingerprints of modules, remembered in the process and, by the states of the files, in a folder.
 * A module that was edited after this process had loaded it (at `loadedAt`) gets a fingerprint that nothing else has:
 * what runs is not what the file says, so that the result must not be taken for the file's later.
 */
export function createFingerprinter(
  folder: string,
  loadedAt = performance.timeOrigin,
  now: () => number = Date.now
): FindFingerprint {
  const known = new Map<string, Promise<Fingerprint>>();
  const find = async (module: string): Promise<Fingerprint> => {
    const path = join(folder, `${hash(module)}.json`);
    const remembered = recall(path);
    const fingerprint = remembered ?? (await computeFingerprint(module));
    const states = Object.keys(fingerprint.files).map((file) => [file, stateOfSource(file, now())] as const);
    if (states.some(([, {changed}]) => changed > loadedAt)) {
      return {...fingerprint, code: hash(fingerprint.code, "edited since", `${process.pid} ${loadedAt}`)};
    }
    if (!remembered && states.every(([, {settled}]) => settled)) remember(path, fingerprint, states);
    return fingerprint;
  };
  return (module) => {
    const pending = known.get(module) ?? find(module);
    known.set(module, pending);
    return pending;
  };
}

function recall(path: string): Fingerprint | undefined {
  try {
    const {states, packages, ...rest} = JSON.parse(readFileSync(path, "utf8")) as Remembered;
    const fresh =
      rest.format === format &&
      Object.entries(states).every(([file, state]) => state === stateOfSource(file).state) &&
      Object.entries(packages).every(([name, version]) => version === packageVersion(name, root));
    return fresh ? {code: rest.code, files: rest.files, packages} : undefined;
  } catch {
    return undefined; // none, damaged, or a file is gone: computed again
  }
}

/** A folder that cannot be written costs time at the next start, nothing else. */
function remember(path: string, fingerprint: Fingerprint, files: (readonly [string, FileState])[]): void {
  const states = Object.fromEntries(files.map(([file, {state}]) => [file, state]));
  try {
    writeAtomic(path, JSON.stringify({format, states, ...fingerprint} satisfies Remembered));
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
  }
}

function stateOfSource(file: string, now?: number): FileState {
  const found = stateOf(resolve(root, file), now);
  if (!found) throw new Error(`${file} has gone while its fingerprint was taken.`);
  return found;
}
