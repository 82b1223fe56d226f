import {existsSync} from "node:fs";
import {basename} from "node:path";
import {csvParse} from "d3";
import {UserError} from "../../support/errors.js";
import {readBytes} from "../../support/files.js";

/** One line of a table of annotations: words and pixels. */
export type Line<Words extends string, Numbers extends string> = Record<Words, string> & Record<Numbers, number>;

/**
 * Reads a table of annotations.
 * @throws UserError where it is missing, lacks a column, or has a line whose number is none, with the line's number
 */
export function readTable<W extends string, N extends string>(path: string, words: W[], numbers: N[]): Line<W, N>[] {
  if (!existsSync(path)) {
    throw new UserError(`There are no annotations: ${path} does not exist.`, {
      hint: "They lie in the folder annotations of COVIDX_DIR. Without them, published results are shown."
    });
  }
  const table = csvParse(readBytes(path).toString());
  const missing = [...words, ...numbers].filter((column) => !table.columns.includes(column));
  if (missing.length > 0) throw new UserError(`${basename(path)} has no column ${missing.join(", ")}.`);
  return table.map((row, i) => {
    const wrong = numbers.find((column) => !/^\d+$/.test(row[column]));
    if (!wrong)
      return {...row, ...Object.fromEntries(numbers.map((column) => [column, Number(row[column])]))} as Line<W, N>;
    throw new UserError(
      `${basename(path)}, line ${i + 2}: ${wrong} is "${row[wrong]}"; it must be a number of pixels.`
    );
  });
}
