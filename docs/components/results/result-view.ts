import {desc, escape, from, op} from "arquero";
import {allClasses, type ResultRow} from "./result-rows.js";

/** What a reader asks for; "" stands for every network or start. */
export interface Choice {
  network: string;
  start: string;
  class: string;
  score: string;
  /** Whether runs that differ in the seed alone make one row. */
  overSeeds: boolean;
  sort: string;
  descending: boolean;
}

export const firstChoice: Choice = {
  ...{network: "", start: "", class: allClasses, score: "Macro F1"},
  ...{overSeeds: false, sort: "value", descending: true}
};

/** A row as it is shown and downloaded: of a run with its interval, or of several with their least and greatest. */
export type Shown = Omit<ResultRow, "title" | "seed"> & Partial<Pick<ResultRow, "title" | "seed">> & {runs?: number};

const alike = ["network", "start", "fraction", "procedure", "class", "score"];

/** The values of a column, each once, in the order of the rows: of the scores those that a class has. */
export const valuesOf = (rows: readonly ResultRow[], column: "network" | "start" | "class"): string[] =>
  rows.length
    ? (from([...rows])
        .dedupe(column)
        .array(column) as string[])
    : [];
export const scoresOf = (rows: readonly ResultRow[], name: string): string[] =>
  rows.length
    ? (from([...rows])
        .filter(escape((row: ResultRow) => row.class === name))
        .dedupe("score")
        .array("score") as string[])
    : [];

/** The rows that a reader asked for, grouped and sorted. */
export function view(rows: readonly ResultRow[], choice: Choice): Shown[] {
  if (rows.length === 0) return [];
  const asked = (["network", "start", "class", "score"] as const).filter((name) => choice[name] !== "");
  const found = from([...rows]).filter(escape((row: ResultRow) => asked.every((name) => row[name] === choice[name])));
  const shown = choice.overSeeds
    ? found
        .groupby(...alike)
        .rollup({runs: op.count(), mean: op.mean("value"), low: op.min("value"), high: op.max("value")})
        .rename({mean: "value"})
    : found;
  return shown.orderby(choice.descending ? desc(choice.sort) : choice.sort).objects() as Shown[];
}
