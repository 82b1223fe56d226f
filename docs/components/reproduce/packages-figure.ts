import {html} from "htl";
import type {ProvenanceArtifact} from "../../../src/report/versions/artifact.js";
import {figure} from "../shared/figure.js";
import {dataTable} from "../shared/table.js";

/** The packages behind the report, with their versions. */
export function packagesFigure(packages: ProvenanceArtifact["packages"]): HTMLElement {
  const installed = Object.entries(packages).map(([name, version]) => ({name, version}));
  return figure(
    {name: "packages", caption: "The packages that computed and drew this report.", data: installed},
    dataTable(
      [
        {label: "Package", header: true, value: ({name}) => html`<code>${name}</code>`},
        {label: "Version", value: ({version}) => version}
      ],
      installed,
      {label: "Package versions"}
    )
  );
}
