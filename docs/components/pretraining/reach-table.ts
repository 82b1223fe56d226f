import {html} from "htl";
import type {PretrainingArtifact} from "../../../src/report/pretraining/artifact.js";
import {count, list, percent, plural} from "../shared/format.js";
import {dataTable} from "../shared/table.js";

type Runs = PretrainingArtifact["runs"];

/** Runs of one network, start and share of the images, and when each first had a score. */
export interface ReachRow {
  title: string;
  start: string;
  epochs: {epochs: number; reached: boolean}[];
  /** In an epoch. */
  batches: number;
}

/** One row for each network, start and share of the images. */
export function reachRows(runs: Runs, level: number): ReachRow[] {
  const rows = new Map<string, ReachRow>();
  for (const {network, start, fraction, batches, reached} of runs) {
    const title = fraction < 1 ? `${network}, ${percent(fraction, 0)} of the images` : network;
    const row = rows.get(`${title}/${start}`) ?? {title, start, epochs: [], batches};
    row.epochs.push(reached[level]);
    rows.set(`${title}/${start}`, row);
  }
  return [...rows.values()];
}

/** Epochs in ascending order; those of a run that never had the score are a bound, as ">8". */
export const epochsInWords = (row: ReachRow): string => inWords(row, 1);

/** The same in steps, of one batch each. */
export const stepsInWords = (row: ReachRow): string => inWords(row, row.batches);

const inWords = ({epochs}: ReachRow, times: number): string =>
  list(
    [...epochs]
      .sort((a, b) => a.epochs - b.epochs || Number(b.reached) - Number(a.reached))
      .map((run) => (run.reached ? "" : ">") + count(times * run.epochs))
  );

/** When the runs first had a score; runs that never had it are censored at their end, and say so. */
export const reachTable = (rows: readonly ReachRow[]): HTMLElement =>
  dataTable(
    [
      {label: "Network", header: true, value: ({title}) => title},
      {label: "Start", value: ({start}) => start},
      {
        label: "Reached by",
        align: "right",
        value: ({epochs}) =>
          html`<span>${epochs.filter(({reached}) => reached).length} of ${plural(epochs.length, "run")}</span>`
      },
      {label: "Epochs", align: "right", value: (row) => html`<span class="wrapping">${epochsInWords(row)}</span>`},
      {label: "Steps", align: "right", value: (row) => html`<span class="wrapping">${stepsInWords(row)}</span>`}
    ],
    rows,
    {label: "Epochs and steps until a score was reached"}
  );
