import type {ExplanationsArtifact} from "../../src/loaders/types.js";
import {count, estimate} from "./format.js";
import {dataTable} from "./table.js";

/** Pairs of runs with what they share, those that agree most first. */
export function agreementRows({agreement, runs}: ExplanationsArtifact) {
  const of = new Map(runs.map((run) => [run.run, run]));
  return agreement
    .map(({a, b, spearman}) => {
      const [first, second] = [of.get(a), of.get(b)];
      const kinship = first && first.model === second?.model ? "the same network" : "different networks";
      return {a: first?.title ?? a, b: second?.title ?? b, kinship, ...spearman};
    })
    .sort((x, y) => y.value - x.value);
}

/** How far every two runs agree about where. */
export const agreementTable = (rows: ReturnType<typeof agreementRows>): HTMLElement =>
  dataTable(
    [
      {label: "Run", header: true, value: ({a}) => a},
      {label: "Run", value: ({b}) => b},
      {label: "Kinship", value: ({kinship}) => kinship},
      {label: "Rank correlation (95%)", align: "right", value: (row) => estimate(row)},
      {label: "Images", align: "right", value: ({n}) => count(n)}
    ],
    rows,
    {label: "Agreement between the maps of every two runs", limit: 12}
  );
