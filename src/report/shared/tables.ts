import {from, op} from "arquero";

/** Rows that are alike in all that `by` says of them, together, in the order of the first of each. */
export function grouped<T>(rows: readonly T[], by: (row: T) => Record<string, string | number | null>): T[][] {
  if (rows.length === 0) return [];
  return from(rows.map((row) => ({...by(row), row})))
    .groupby(...Object.keys(by(rows[0])))
    .rollup({members: op.array_agg("row")})
    .array("members") as T[][];
}
