import type {StudyArtifact} from "../../../src/report/study/artifact.js";
import {count, list, percent} from "../shared/format.js";
import {type Column, dataTable} from "../shared/table.js";

type Run = StudyArtifact["runs"][number];

/** Runs that differ in the seed alone as one row: what they are, their seeds, and how many have a result. */
export function planRows(runs: readonly Run[]) {
  const groups = new Map<string, Run[]>();
  for (const run of runs) {
    const key = [run.network, run.start, run.procedure, run.fraction].join("|");
    groups.set(key, [...(groups.get(key) ?? []), run]);
  }
  return [...groups.values()].map((members) => ({
    network: members[0].network,
    start: members[0].start,
    procedure: members[0].procedure,
    share: percent(members[0].fraction, 0),
    seeds: list(members.map(({seed}) => String(seed))),
    results: members.filter(({available}) => available).length,
    runs: members.length
  }));
}

type Row = ReturnType<typeof planRows>[number];
const columns: Column<Row>[] = [
  {label: "Network", header: true, value: ({network}) => network},
  {label: "Start", value: ({start}) => start},
  {label: "Procedure", value: ({procedure}) => procedure},
  {label: "Images", align: "right", value: ({share}) => share},
  {label: "Seeds", value: ({seeds}) => seeds},
  {label: "With a result", align: "right", value: ({results, runs}) => `${count(results)} of ${count(runs)}`}
];

/** The runs of a study, seeds in one line. */
export const planTable = (runs: readonly Run[]): HTMLElement =>
  dataTable(columns, planRows(runs), {label: "Runs of the study"});
