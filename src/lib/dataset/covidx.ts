import {existsSync, readdirSync} from "node:fs";
import {join} from "node:path";
import {UserError} from "../support/errors.js";
import {isFolder, readBytes} from "../support/files.js";
import {directories} from "../support/paths.js";
import {parseList} from "./list.js";
import type {Dataset, Example, ListNotes, Split} from "./types.js";
import {splits} from "./types.js";

const name = "covidx";

/** The classes of COVIDx's first version, in the order of the 2020 study. */
export const covidxClasses = ["COVID-19", "viral", "bacteria", "normal"] as const;

const cohenImages = join("covid-chestxray-dataset", "images");

/** Kermany's archive has `train` and `test`, some copies of it a `val` too. COVIDx splits by its own lists. */
const kermanyFolders = ["train", "test", "val"].flatMap((split) =>
  ["NORMAL", "PNEUMONIA"].map((kind) => join("chest_xray", split, kind))
);

/**
 * Reads the lists of COVIDx (Wang, Lin & Wong 2020, first version) and finds each file in its publisher's folder. A
 * file that is in no folder keeps the path where it was expected; opening it reports it as missing.
 * Throws `UserError` if the folder or a list is absent, or a line of a list is malformed.
 */
export function openCovidx(directory = directories.covidx()): Dataset {
  const lists = Object.fromEntries(splits.map((split) => [split, join(directory, `${split}_split.txt`)]));
  for (const list of Object.values(lists)) {
    if (existsSync(list)) continue;
    throw new UserError(`COVIDx is not here: ${list} does not exist.`, {
      hint:
        "Set COVIDX_DIR to its folder, fetch it with `npm run data`, or use `--dataset phantom`, which " +
        "needs no files."
    });
  }
  const paths = indexFolders(directory);
  const notes: ListNotes = {duplicateLines: [], inBothSplits: []};
  const read = (split: Split) => {
    const {entries, duplicates} = parseList(readBytes(lists[split]).toString(), lists[split], covidxClasses);
    notes.duplicateLines.push(...duplicates.map((duplicate) => ({split, ...duplicate})));
    return entries.map(({patient, file, label}, row): Example => ({
      id: {collection: name, patient, file},
      row,
      split,
      path: theOnly(paths.get(file) ?? []) ?? join(directory, cohenImages, file),
      label,
      family: numberingFamily(file)
    }));
  };
  const train = read("train");
  const test = read("test");
  const trainRows = new Map(train.map(({id, row}) => [id.file, row]));
  for (const {id, row} of test) {
    const {file} = id;
    const trainRow = trainRows.get(file);
    if (trainRow !== undefined) notes.inBothSplits.push({file, train: trainRow, test: row});
  }
  const remedy = "Restore these files (`npm run data` fetches COVIDx again), or take them off the list.";
  return {name, title: "COVIDx, first version", classes: covidxClasses, train, test, notes, remedy};
}

/**
 * The series that a file's patient number belongs to. The children's hospital numbered its normal cases twice ("IM" and
 * "NORMAL2-IM") and its pneumonia cases once more ("person"), so that equal numbers need not be one child.
 */
export const numberingFamily = (file: string) => /^(NORMAL2-IM|IM|person)(?=-?\d)/.exec(file)?.[1];

/** The paths of every file in the publishers' folders, by name. Names are unique as published. */
function indexFolders(directory: string): Map<string, string[]> {
  const paths = new Map<string, string[]>();
  for (const folder of [cohenImages, ...kermanyFolders]) {
    const path = join(directory, folder);
    if (!isFolder(path)) continue;
    for (const file of readdirSync(path)) paths.set(file, [...(paths.get(file) ?? []), join(path, file)]);
  }
  return paths;
}

/**
 * The path of a file that may lie in several folders as copies.
 * @throws UserError where files of one name differ, so that nobody knows which of them is listed
 */
function theOnly([first, ...others]: readonly string[]): string | undefined {
  const other = others.find((path) => !readBytes(first).equals(readBytes(path)));
  if (other === undefined) return first;
  throw new UserError(`Two images of one name differ, and the lists of COVIDx name it: ${first} and ${other}.`, {
    hint: "Remove the one that its publisher does not have there, or fetch COVIDx again with `npm run data`."
  });
}
