import {html} from "htl";
import type {ProvenanceArtifact} from "../../../src/report/versions/artifact.js";
import {date, duration} from "../shared/format.js";
import {type Column, dataTable} from "../shared/table.js";

type Stage = ProvenanceArtifact["stages"][number];

const origins: Record<Stage["source"], string> = {computed: "this build", published: "published", store: "local store"};

/** The stages as rows for the download. */
export const provenanceRows = (stages: readonly Stage[]) =>
  stages.map(({params, inputs, packages, ...rest}) => ({
    ...rest,
    params: JSON.stringify(params),
    inputs: JSON.stringify(inputs),
    packages: JSON.stringify(packages)
  }));

/**
 * Those stages of which every word of the query occurs in the id, the origin, the backend, the parameters or a digest.
 */
export function searchStages(stages: readonly Stage[], query: string): Stage[] {
  const words = query.toLowerCase().split(/\s+/).filter(Boolean);
  return stages.filter((s) => {
    const text = [
      s.id,
      origins[s.source],
      s.backend,
      s.device,
      s.date,
      s.key,
      s.identity,
      s.code,
      JSON.stringify(s.params)
    ]
      .join(" ")
      .toLowerCase();
    return words.every((word) => text.includes(word));
  });
}

const columns: Column<Stage>[] = [
  {label: "Stage", header: true, value: (s) => html`<code>${s.id}</code>`},
  {label: "From", value: (s) => (s.drifted ? `${origins[s.source]}, code has changed` : origins[s.source])},
  {label: "Date", value: (s) => date(s.date)},
  {label: "Time", align: "right", value: (s) => duration(s.seconds)},
  {label: "Backend", value: (s) => [s.backend, s.device].filter(Boolean).join(", ")}
];

/** What is known of every artifact: what it is, where it came from, how it was computed; the rest on demand. */
export const provenanceTable = (stages: readonly Stage[]): HTMLElement =>
  dataTable(columns, stages, {label: "Provenance of every artifact", limit: 40, details: stageDetails});

function stageDetails(s: Stage): HTMLElement {
  const facts = {
    Parameters: JSON.stringify(s.params),
    Inputs: JSON.stringify(s.inputs),
    Key: s.key,
    Identity: s.identity,
    [s.revision === undefined ? "Code" : `Code (revision ${s.revision})`]: s.code,
    Packages: Object.entries(s.packages)
      .map(([name, version]) => `${name} ${version}`)
      .join(", "),
    Node: s.node
  };
  return html`<details class="row-details">
    <summary>Parameters and digests</summary>
    <dl class="stage-facts">
      ${Object.entries(facts).map(([name, value]) => html.fragment`<dt>${name}</dt><dd>${value}</dd>`)}
    </dl>
  </details>`;
}
