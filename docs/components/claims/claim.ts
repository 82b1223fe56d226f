import {html} from "htl";
import type {ClaimsArtifact} from "../../../src/report/claims/artifact.js";
import {claimWords, type Evidence} from "./claim-figures.js";
import {dataTable} from "../shared/table.js";

export type Claim = ClaimsArtifact["claims"][number];

const marks: Record<Claim["status"], string> = {supported: "✓", "not supported": "✗", "cannot tell": "?"};

/** The status of a claim, also for those who do not see its mark. */
export const statusBadge = ({status}: Pick<Claim, "status">): HTMLElement =>
  html`<span class=${`claim-status ${status.replaceAll(" ", "-")}`}
    ><span aria-hidden="true">${marks[status]}</span> ${status}</span
  >`;

/**
 * A claim within prose: its sentence, its status, and on demand the numbers that say so. Throws where there is none of
 * that id.
 */
export function claim(claims: readonly Claim[], id: string, evidence: Evidence): HTMLElement {
  const found = claims.find((one) => one.id === id);
  if (!found) throw new Error(`There is no claim ${id}.`);
  return html`<details class="claim">
    <summary>${found.statement} ${statusBadge(found)}</summary>
    <p>${claimWords(found, evidence)} <span class="remark">${found.source}; ${found.strength}.</span></p>
  </details>`;
}

/** All claims with their status, each above the numbers that say so. */
export const claimTable = (claims: readonly Claim[], label: string, evidence: Evidence): HTMLElement =>
  dataTable(
    [
      {label: "Claim", header: true, value: ({statement}) => statement},
      {label: "Status", value: statusBadge},
      {label: "Rests on", value: ({strength}) => strength}
    ],
    claims,
    {label, details: (one) => html`<p class="row-reason">${claimWords(one, evidence)}</p>`}
  );

/** How many claims have each status: "3 supported, 1 not supported and 2 of which the results cannot tell". */
export function countClaims(claims: readonly Claim[]): string {
  const of = (status: Claim["status"]) => claims.filter((one) => one.status === status).length;
  return (
    `${of("supported")} supported, ${of("not supported")} not supported and ${of("cannot tell")} ` +
    "of which the results cannot tell"
  );
}
