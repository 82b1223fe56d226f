import {interval, percent, plural, score} from "../shared/format.js";
import {type Column, dataTable} from "../shared/table.js";
import type {Choice, Shown} from "./result-view.js";

const right = "right" as const;
const columns: Record<string, Column<Shown>> = {
  title: {label: "Run", header: true, value: ({title}) => title},
  network: {label: "Network", value: ({network}) => network},
  start: {label: "Start", value: ({start}) => start},
  value: {label: "Value", align: right, value: ({value}) => score(value, 3)},
  low: {label: "95% interval", align: right, value: interval},
  seed: {label: "Seed", align: right, value: ({seed}) => seed ?? "–"},
  runs: {label: "Seeds", align: right, value: ({runs}) => runs},
  fraction: {label: "Images", align: right, value: ({fraction}) => (fraction ? percent(fraction, 0) : "–")},
  procedure: {label: "Procedure", value: ({procedure}) => procedure}
};
const overSeeds: typeof columns = {
  ...columns,
  network: {...columns.network, header: true},
  value: {...columns.value, label: "Mean"},
  low: {...columns.low, label: "Least to greatest"}
};
const ofRun = ["title", "value", "low", "network", "start", "seed", "fraction", "procedure"];
const ofSeeds = ["network", "start", "value", "low", "runs", "fraction", "procedure"];

/** The rows that a reader asked for; the heading of a column sorts by it, and once more the other way round. */
export function resultTable(
  rows: readonly Shown[],
  {choice, sortBy}: {choice: Choice; sortBy: (name: string) => void}
) {
  const order = choice.descending ? "descending" : "ascending";
  const [names, described] = choice.overSeeds ? [ofSeeds, overSeeds] : [ofRun, columns];
  const shown = names.map((name): Column<Shown> => ({
    ...described[name],
    sort: {order: name === choice.sort ? order : "none", by: () => sortBy(name)}
  }));
  const label = `${choice.score}: ${plural(rows.length, "row")}`;
  return dataTable(shown, rows, {label, limit: 12});
}
