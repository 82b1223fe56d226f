import {createHash} from "node:crypto";
import {createReadStream, existsSync, readFileSync} from "node:fs";
import {join} from "node:path";
import {pipeline} from "node:stream/promises";
import {type FileState, stateOf} from "../support/file-state.js";
import {writeAtomic} from "../support/files.js";
import {directories} from "../support/paths.js";
import {concurrently} from "./concurrently.js";
import {imageSize, opened} from "./decode/file.js";
import {UnreadableImage} from "./decode/refusal.js";
import {parsePhantomPath} from "./phantom/path.js";
import type {Dataset, Example} from "./types.js";

/** State and SHA-256 of a file, by path. */
type Memo = Record<string, [state: string, digest: string]>;

/**
 * SHA-256 over the lists (split, row, file, class, patient) and the content of every image; a missing image counts as
 * such. What the files are called on this disk does not matter. Digests of files are remembered in the cache folder
 * and taken again where a file's state is another (`stateOf`), so that a second call costs one `stat` a file.
 */
export async function datasetDigest(dataset: Dataset): Promise<string> {
  const examples = [...dataset.train, ...dataset.test];
  const contents = await contentDigests(examples);
  const hash = createHash("sha256").update(JSON.stringify([dataset.name, dataset.classes]));
  examples.forEach(({split, row, id, label}, i) =>
    hash.update(JSON.stringify([split, row, id.file, label, id.patient, contents[i]]))
  );
  return hash.digest("hex");
}

/** SHA-256 of each image's file, "missing" where there is none. A phantom's is its path, which says all about it. */
export async function contentDigests(
  examples: readonly Pick<Example, "path">[],
  now: () => number = Date.now
): Promise<string[]> {
  const memo = readMemo();
  const digests = new Array<string>(examples.length);
  const stale: {i: number; before: FileState}[] = [];
  examples.forEach(({path}, i) => {
    const isPhantom = parsePhantomPath(path) !== null;
    const before = isPhantom ? undefined : stateOf(path, now());
    const known = memo[path];
    if (isPhantom) digests[i] = path;
    else if (!before) digests[i] = "missing";
    else if (known?.[0] === before.state) digests[i] = known[1];
    else stale.push({i, before});
  });
  await concurrently(stale.length, async (j) => {
    const {i, before} = stale[j];
    digests[i] = await digestFile(examples[i].path);
    if (before.settled) memo[examples[i].path] = [before.state, digests[i]];
  });
  if (stale.length > 0) writeAtomic(memoPath(), JSON.stringify(memo));
  return digests;
}

async function digestFile(path: string): Promise<string> {
  const hash = createHash("sha256");
  try {
    await imageSize(path);
    await opened(path, () => pipeline(createReadStream(path), hash));
    return hash.digest("hex");
  } catch (error) {
    if (error instanceof UnreadableImage) return error.reason;
    throw error;
  }
}

const memoPath = () => join(directories.cache(), "dataset", "digests.json");

/** A memo that cannot be read costs only the time to build it again. */
function readMemo(): Memo {
  if (!existsSync(memoPath())) return {};
  try {
    return JSON.parse(readFileSync(memoPath(), "utf8")) as Memo;
  } catch {
    return {};
  }
}
