import {existsSync, rmSync, statfsSync} from "node:fs";
import {join} from "node:path";
import {UserError} from "../../support/errors.js";
import {makeFolder} from "../../support/files.js";
import {directories} from "../../support/paths.js";
import type {OnProgress} from "../../support/progress.js";
import {concurrently} from "../concurrently.js";
import {numberingFamily, openCovidx} from "../covidx.js";
import {refuseTooMany} from "../pixels.js";
import type {Dataset, Problem} from "../types.js";
import type {DownloadOptions} from "./download.js";
import {download} from "./download.js";
import type {GitFile} from "./git-tree.js";
import {listTree, rawUrl} from "./git-tree.js";
import type {Publishers} from "./publishers.js";
import {publishers as published} from "./publishers.js";
import {unzip} from "./unzip.js";

export interface FetchOptions {
  directory?: string;
  publishers?: Publishers;
  onProgress?: OnProgress;
  log?: (message: string) => void;
  /** Patience with the hosts. */
  patience?: Pick<DownloadOptions, "attempts" | "pause" | "silence">;
}

type Settings = Required<FetchOptions>;

/**
 * Fetches COVIDx from its publishers: the lists, the adults' images one by one (only those listed), the children's in
 * one archive of 1.2 GB. Everything is verified by the publisher's checksum where there is one (Git's blob names; the
 * archive's CRC-32s), and by count and size otherwise; what is already there and right is kept, so that a run that was
 * interrupted continues. Returns the listed images that no publisher has. Throws `UserError` as `download` does, and if
 * more than 1% of a split is missing at the end.
 */
export async function fetchCovidx(options: FetchOptions = {}): Promise<{dataset: Dataset; missing: Problem[]}> {
  const settings: Settings = {
    directory: directories.covidx(),
    publishers: published,
    onProgress: () => {},
    log: () => {},
    patience: {},
    ...options
  };
  const {directory, publishers, log} = settings;
  requireSpace(directory, publishers.space);
  await fetchLists(settings);
  const listed = namesOf(openCovidx(directory));
  await fetchCohen(
    settings,
    listed.filter((name) => !numberingFamily(name))
  );
  await fetchKermany(settings, listed.filter(numberingFamily));
  const dataset = openCovidx(directory);
  const examples = [...dataset.train, ...dataset.test];
  const missing = examples
    .filter(({path}) => !existsSync(path))
    .map(({split, row, id, label}) => ({split, row, file: id.file, label, reason: "no publisher has it"}));
  for (const {file, split} of missing) log(`${file} (${split}) is listed, but no publisher has it.`);
  refuseTooMany(examples, missing);
  log(`${examples.length - missing.length} of ${examples.length} listed images are in ${directory}.`);
  return {dataset, missing};
}

const namesOf = ({train, test}: Dataset) => [...new Set([...train, ...test].map(({id}) => id.file))];

function requireSpace(directory: string, space: number): void {
  makeFolder(directory);
  const {bavail, bsize} = statfsSync(directory);
  if (bavail * bsize >= space) return;
  const gigabytes = (bytes: number) => `${(bytes / 1e9).toFixed(1)} GB`;
  throw new UserError(`${directory} has ${gigabytes(bavail * bsize)} free; COVIDx needs ${gigabytes(space)}.`, {
    hint: "Free some space, or set COVIDX_DIR to a folder on another disk."
  });
}

async function fetchLists({directory, publishers, patience, log}: Settings): Promise<void> {
  const {lists, raw, api} = publishers;
  const files = ["train_split.txt", "test_split.txt"];
  if (files.every((file) => existsSync(join(directory, file)))) return;
  const tree = await listTree(lists, api);
  for (const file of files) {
    const source = `${lists.folder}/${file}`;
    await download({url: rawUrl(lists, source, raw), path: join(directory, file), ...tree.get(source), ...patience});
  }
  log("The lists are here.");
}

async function fetchCohen(settings: Settings, names: string[]): Promise<void> {
  const {directory, publishers, patience, onProgress, log} = settings;
  const folder = "covid-chestxray-dataset";
  const wanted = ["metadata.csv", ...names.map((name) => `images/${name}`)];
  const absent = () => wanted.filter((path) => !existsSync(join(directory, folder, path)));
  for (const commit of publishers.cohen.commits) {
    if (absent().length === 0) return;
    const source = {repository: publishers.cohen.repository, commit};
    const tree = await listTree(source, publishers.api);
    const files = absent().flatMap((path) => (tree.has(path) ? [{path, ...(tree.get(path) as GitFile)}] : []));
    let done = 0;
    await concurrently(files.length, async (i) => {
      const {path, ...stated} = files[i];
      const url = rawUrl(source, path, publishers.raw);
      await download({url, path: join(directory, folder, path), ...stated, ...patience});
      onProgress({done: ++done, total: files.length, unit: "images", note: "Cohen et al."});
    });
  }
  log("Cohen's images are here.");
}

async function fetchKermany(settings: Settings, names: string[]): Promise<void> {
  const {directory, publishers, patience, onProgress, log} = settings;
  const {url, page, images} = publishers.kermany;
  const present = () => openCovidx(directory);
  const isComplete = () =>
    [...present().train, ...present().test].every(({id, path}) => !numberingFamily(id.file) || existsSync(path));
  if (isComplete()) return;
  const archive = join(directory, "ChestXRay2017.zip");
  const byHand = `Download ChestXRay2017.zip from ${page}, put it at ${archive}, and run again.`;
  const note = "Kermany et al.";
  if (!existsSync(archive)) {
    await download({url, path: archive, byHand, onProgress: (report) => onProgress({...report, note}), ...patience});
  }
  const place = (name: string) =>
    /^chest_xray\/(train|test|val)\/(NORMAL|PNEUMONIA)\/[^./][^/]*\.jpe?g$/i.test(name) ? name : null;
  const placed = await unzip({archive, directory, place, onProgress: (report) => onProgress({...report, note})});
  if (placed !== images) {
    throw new UserError(`${archive} holds ${placed} images; its publisher states ${images}.`, {
      hint: `Delete it and run again. ${byHand}`
    });
  }
  rmSync(archive);
  log(`Kermany's ${placed} images are here, ${names.length} of them listed.`);
}
