import {mkdirSync, mkdtempSync, rmSync, writeFileSync} from "node:fs";
import {tmpdir} from "node:os";
import {dirname, join} from "node:path";
import sharp from "sharp";
import type {Example} from "../../src/lib/dataset/types.js";

const folders: string[] = [];
process.once("exit", () => folders.forEach((folder) => rmSync(folder, {recursive: true, force: true})));

/** A new folder, removed when the process ends. */
export function temporaryFolder(): string {
  folders.push(mkdtempSync(join(tmpdir(), "dataset-")));
  return folders.at(-1)!;
}

export function write(path: string, content: string | Uint8Array): string {
  mkdirSync(dirname(path), {recursive: true});
  writeFileSync(path, content);
  return path;
}

/** The levels of `plainPng` at a size: one level on the right, and its neighbour on the left. */
export const plainLevels = (level: number, width: number, height = width) =>
  Uint8Array.from({length: width * height}, (_, i) => (i % width < width / 2 ? level ^ 1 : level));

/** A grey PNG of nearly one level: of no more than one, nothing could be asked. */
export const plainPng = (level: number, width = 32, height = 32) =>
  sharp(plainLevels(level, width, height), {raw: {width, height, channels: 1}})
    .png()
    .toBuffer();

/** A folder that holds so many images in each of some folders. */
export async function folderOfClasses(layout: Record<string, number>): Promise<string> {
  const path = temporaryFolder();
  for (const [folder, count] of Object.entries(layout)) {
    mkdirSync(join(path, folder), {recursive: true});
    for (let i = 0; i < count; ++i) write(join(path, folder, `image ${i}.PNG`), await plainPng(i));
  }
  return path;
}

/** A folder as the publishers lay COVIDx out; images are plain, their level given by their place in the lists. */
export async function writeCovidx(train: string[], test: string[], {omit = [] as string[]} = {}): Promise<string> {
  const directory = temporaryFolder();
  write(join(directory, "train_split.txt"), train.join("\n"));
  write(join(directory, "test_split.txt"), test.join("\n"));
  const names = [...train, ...test].map((line) => /^\S+\s+(\S.*?)\s+\S+\s*$/.exec(line)?.[1]);
  for (const [i, name] of names.entries()) {
    if (name && !omit.includes(name)) write(join(directory, publishedFolder(name), name), await plainPng(i % 256));
  }
  return directory;
}

export function publishedFolder(name: string): string {
  if (/^(IM|NORMAL2)/.test(name)) return "chest_xray/train/NORMAL";
  return name.startsWith("person") ? "chest_xray/test/PNEUMONIA" : "covid-chestxray-dataset/images";
}

export const exampleOf = (path: string, row = 0, more: Partial<Example> = {}): Example => ({
  id: {collection: "fixture", patient: `p${row}`, file: path.split("/").at(-1)!},
  row,
  split: "train",
  path,
  label: 0,
  ...more
});
