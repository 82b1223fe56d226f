import {median} from "d3";
import type {ExplanationsArtifact} from "../../../src/report/explanations/artifact.js";
import {count, estimate, plural, score} from "../shared/format.js";
import {dataTable} from "../shared/table.js";

type Runs = ExplanationsArtifact["runs"];
const kinships = ["the same network", "different networks"] as const;

/** Pairs of runs with what they share, those that agree most first. */
export function agreementRows(agreement: ExplanationsArtifact["agreement"], runs: Runs) {
  const of = new Map(runs.map((run) => [run.run, run]));
  return agreement
    .map(({a, b, spearman}) => {
      const [first, second] = [of.get(a)!, of.get(b)!];
      return {a: first.title, b: second.title, kinship: kinships[first.model === second.model ? 0 : 1], ...spearman};
    })
    .sort((x, y) => y.value - x.value);
}

type Rows = ReturnType<typeof agreementRows>;

/** How far pairs agree: the median of those of one network, and of those of two. */
export const describeAgreement = (rows: Rows): string =>
  kinships
    .map((kinship) => rows.filter((row) => row.kinship === kinship))
    .filter(({length}) => length)
    .map(
      (some) =>
        `${plural(some.length, "pair")} of ${some[0].kinship}: median ${score(median(some, ({value}) => value)!)}`
    )
    .join("; ");

/** How far every two runs agree about where. */
export const agreementTable = (rows: Rows): HTMLElement =>
  dataTable(
    [
      {label: "Run", header: true, value: ({a}) => a},
      {label: "Run", value: ({b}) => b},
      {label: "Kinship", value: ({kinship}) => kinship},
      {label: "Rank correlation (95%)", align: "right", value: (row) => estimate(row)},
      {label: "Images", align: "right", value: ({n}) => count(n)}
    ],
    rows,
    {label: "Agreement between the maps of every two runs", limit: 8}
  );
