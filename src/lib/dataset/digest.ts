import {createHash} from "node:crypto";
import {createReadStream, existsSync, readFileSync, statSync} from "node:fs";
import {join} from "node:path";
import {pipeline} from "node:stream/promises";
import {writeAtomic} from "../support/files.js";
import {directories} from "../support/paths.js";
import {concurrently} from "./concurrently.js";
import {imageSize, opened} from "./decode/file.js";
import {UnreadableImage} from "./decode/refusal.js";
import {parsePhantomPath} from "./phantom/path.js";
import type {Dataset, Example} from "./types.js";

/** Size, modification time (milliseconds) and SHA-256 of a file, by path. */
type Memo = Record<string, [size: number, modified: number, digest: string]>;

/**
 * SHA-256 over the lists (split, row, file, class, patient) and the content of every image; a missing image counts as
 * such. What the files are called on this disk does not matter. Digests of files are remembered in the cache folder
 * and taken again where size or time changed, so that a second call costs one `stat` a file.
 */
export async function datasetDigest(dataset: Dataset): Promise<string> {
  const examples = [...dataset.train, ...dataset.test];
  const contents = await contentDigests(examples);
  const hash = createHash("sha256").update(JSON.stringify([dataset.name, dataset.classes]));
  examples.forEach(({split, row, file, label, patient}, i) =>
    hash.update(JSON.stringify([split, row, file, label, patient, contents[i]]))
  );
  return hash.digest("hex");
}

/** SHA-256 of each image's file, "missing" where there is none. A phantom's is its path, which says all about it. */
export async function contentDigests(examples: readonly Pick<Example, "path">[]): Promise<string[]> {
  const memo = readMemo();
  const digests = new Array<string>(examples.length);
  const stale: {i: number; size: number; modified: number}[] = [];
  examples.forEach(({path}, i) => {
    const isPhantom = parsePhantomPath(path) !== null;
    const stats = isPhantom ? undefined : statSync(path, {throwIfNoEntry: false});
    const known = memo[path];
    if (isPhantom) digests[i] = path;
    else if (!stats?.isFile()) digests[i] = "missing";
    else if (known?.[0] === stats.size && known[1] === stats.mtimeMs) digests[i] = known[2];
    else stale.push({i, size: stats.size, modified: stats.mtimeMs});
  });
  await concurrently(stale.length, async (j) => {
    const {i, size, modified} = stale[j];
    digests[i] = await digestFile(examples[i].path);
    memo[examples[i].path] = [size, modified, digests[i]];
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
