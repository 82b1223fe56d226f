import {groups} from "d3";
import {html} from "htl";
import type {ExternalArtifact} from "../../../src/report/external/artifact.js";
import {firstLine, plural} from "../shared/format.js";

/** Runs without a result on images from elsewhere, by what they need; folded, because there may be many. */
export const missingRuns = (missing: ExternalArtifact["missing"]): HTMLElement =>
  html`<details>
    <summary>${plural(missing.length, "run")} without a result on these images, and what they need</summary>
    <p>The command <code>npm run study</code> computes them where what they need is present.</p>
    <ul>
      ${groups(missing, (run) => firstLine(run.missing)).map(
        ([needs, runs]) => html`<li>${needs} ${runs.map(({title}) => title).join("; ")}</li>`
      )}
    </ul>
  </details>`;
