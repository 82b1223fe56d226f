import {extname, join} from "node:path";
import {hasExtension} from "./image-file.js";
import {filesBelow} from "./tree.js";

/** Files of one extension that lie in a dataset's folder and are none of its images. */
export interface NotTaken {
  /** In lower case, with its dot; empty for names without one. */
  extension: string;
  files: number;
}

/** What else lies in a folder and its folders than the images that were taken, by extension, the most files first. */
export function notTaken(folder: string, taken: Iterable<{path: string}>): NotTaken[] {
  const paths = new Set(Array.from(taken, ({path}) => path));
  const counts = new Map<string, number>();
  for (const file of filesBelow(folder)) {
    if (paths.has(join(folder, file))) continue;
    const extension = hasExtension(file) ? extname(file).toLowerCase() : "";
    counts.set(extension, (counts.get(extension) ?? 0) + 1);
  }
  return [...counts]
    .map(([extension, files]) => ({extension, files}))
    .sort((a, b) => b.files - a.files || (a.extension < b.extension ? -1 : 1));
}

/** "12 files are not taken: 10 .bmp, 2 without extension"; nothing where all are. */
export function notTakenInWords(left: readonly NotTaken[] = []): string | undefined {
  if (left.length === 0) return undefined;
  const total = left.reduce((sum, {files}) => sum + files, 0);
  const parts = left.map(({extension, files}) => `${files} ${extension || "without extension"}`);
  return `${total} ${total === 1 ? "file is" : "files are"} not taken: ${parts.join(", ")}`;
}
