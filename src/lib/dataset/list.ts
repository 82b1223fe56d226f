import {basename} from "node:path";
import {UserError} from "../support/errors.js";

export interface ListEntry {
  patient: string;
  file: string;
  label: number;
}

/**
 * Parses a list of images: one a line, `patient file class`, of which only the file may hold spaces. Blank lines are
 * skipped. A repeated line is counted once and reported. Throws `UserError` with file name and line number for a line
 * without a class, an unknown class, two lines that became one, a file listed under two classes, or an empty list.
 */
export function parseList(text: string, path: string, classes: readonly string[]) {
  const entries: ListEntry[] = [];
  const duplicates: {line: number; firstLine: number; file: string}[] = [];
  const seen = new Map<string, {line: number; label: number}>();
  const hint = `Each line is "patient file class", the class one of: ${classes.join(", ")}.`;
  const lines = text.replace(/^\uFEFF/, "").split(/\r?\n/);
  lines.forEach((content, i) => {
    if (content.trim() === "") return;
    const line = i + 1;
    const fail = (what: string) => new UserError(`${basename(path)}, line ${line}: ${what}: "${content}"`, {hint});
    const match = /^(\S+)\s+(\S.*?)\s+(\S+)\s*$/.exec(content);
    if (!match) throw fail("no class");
    const [, patient, file, name] = match;
    const label = classes.indexOf(name);
    if (label < 0) throw fail(looksLikeFile(name) ? "no class" : `unknown class "${name}"`);
    if (isTwoLines(file, classes)) throw fail("two lines in one, or a file whose name goes on after its ending");
    const first = seen.get(file);
    if (first && first.label !== label) {
      throw fail(`listed as ${classes[first.label]} on line ${first.line} and as ${name} here`);
    }
    if (first) {
      duplicates.push({line, firstLine: first.line, file});
    } else {
      seen.set(file, {line, label});
      entries.push({patient, file, label});
    }
  });
  if (entries.length === 0) throw new UserError(`${path} lists no images.`, {hint});
  return {entries, duplicates};
}

/** The last word of a line without a class is the end of a file's name. */
const looksLikeFile = (word: string) => /\.(jpe?g|png|tiff?|gif|webp|bmp|dcm)$/i.test(word);

/**
 * Where a line break was lost, what lies between the first patient and the last class has the end of a file or a class
 * within.
 */
const isTwoLines = (file: string, classes: readonly string[]) =>
  file.split(/\s+/).some((word, i, {length}) => classes.includes(word) || (looksLikeFile(word) && i < length - 1));
