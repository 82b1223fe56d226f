export type Row = Record<string, unknown>;

/** What begins like a formula gets an apostrophe, so that a spreadsheet takes it for text; numbers stay numbers. */
const harmless = (text: string): string =>
  /^\s*[=+\-@]/.test(text) && !Number.isFinite(Number(text)) ? `'${text}` : text;

const cell = (value: unknown): string => {
  const text = value === null || value === undefined || Number.isNaN(value) ? "" : harmless(String(value));
  return /[",\n\r]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
};

/** Rows as CSV (RFC 4180): a header of all the columns that occur, in order of appearance; missing values are empty. */
export function toCsv(rows: readonly Row[]): string {
  const columns = [...new Set(rows.flatMap((row) => Object.keys(row)))];
  const lines = [columns, ...rows.map((row) => columns.map((column) => row[column]))];
  return lines.map((line) => line.map(cell).join(",") + "\r\n").join("");
}

/** Columns of equal length as rows. */
export function fromColumns<T extends Record<string, readonly unknown[]>>(
  columns: T
): {[K in keyof T]: T[K][number]}[] {
  const names = Object.keys(columns) as (keyof T)[];
  return Array.from(columns[names[0]], (_, i) => Object.fromEntries(names.map((name) => [name, columns[name][i]]))) as {
    [K in keyof T]: T[K][number];
  }[];
}
