import {interval, percent, plural, score} from "../shared/format.js";
import {type Column, dataTable} from "../shared/table.js";
import type {Choice, Shown} from "./result-view.js";

type Sortable = Column<Shown> & {name: string};

const shared: Sortable[] = [
  {name: "network", label: "Network", value: ({network}) => network},
  {name: "start", label: "Start", value: ({start}) => start},
  {name: "fraction", label: "Images", align: "right", value: ({fraction}) => (fraction ? percent(fraction, 0) : "–")},
  {name: "procedure", label: "Procedure", value: ({procedure}) => procedure}
];
const runColumns: Sortable[] = [
  {name: "title", label: "Run", header: true, value: ({title}) => title},
  ...shared,
  {name: "seed", label: "Seed", align: "right", value: ({seed}) => seed ?? "–"},
  {name: "value", label: "Value", align: "right", value: ({value}) => score(value, 3)},
  {name: "low", label: "95% interval", align: "right", value: interval}
];
const seedColumns: Sortable[] = [
  ...shared.map((column) => (column.name === "network" ? {...column, header: true} : column)),
  {name: "runs", label: "Seeds", align: "right", value: ({runs}) => runs},
  {name: "value", label: "Mean", align: "right", value: ({value}) => score(value, 3)},
  {name: "low", label: "Least to greatest", align: "right", value: interval}
];

/** The rows that a reader asked for; the heading of a column sorts by it, and once more the other way round. */
export function resultTable(
  rows: readonly Shown[],
  {choice, sortBy}: {choice: Choice; sortBy: (name: string) => void}
) {
  const order = choice.descending ? "descending" : "ascending";
  const columns = (choice.overSeeds ? seedColumns : runColumns).map(({name, ...column}) => ({
    ...column,
    sort: {order: name === choice.sort ? order : "none", by: () => sortBy(name)} as const
  }));
  const label = `${choice.score}: ${plural(rows.length, "row")}`;
  return dataTable(columns, rows, {label, limit: 12});
}
