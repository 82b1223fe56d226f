import {html} from "htl";
import type {ResultsArtifact} from "../../../src/report/results/artifact.js";
import {firstLine} from "../shared/format.js";
import {dataTable} from "../shared/table.js";

/**
 * Runs of the study that have no result: what each needs, and the command that computes it. No number stands for one.
 */
export const plannedTable = (planned: ResultsArtifact["planned"]): HTMLElement =>
  dataTable(
    [
      {label: "Run", header: true, value: ({title}) => title},
      {label: "Command", value: ({command}) => html`<code>${command}</code>`}
    ],
    planned,
    {
      label: "Runs without a result",
      limit: 8,
      details: ({needs}) => html`<p class="row-reason">Not run here: ${firstLine(needs)}</p>`
    }
  );
