import {html} from "htl";
import type {StudyArtifact} from "../../../src/report/study/artifact.js";

type Chosen = Pick<StudyArtifact, "dataset" | "option">;

/** A verb of the command line with what it takes to be about the report's dataset. */
export const command = ({option}: Chosen, verb: string, rest = ""): string =>
  `npm run ${[verb, option || rest ? "--" : "", option, rest].filter(Boolean).join(" ")}`;

/** Commands, a line each. A folder is known by its name alone, which whoever types them completes. */
export const commands = ({dataset}: Chosen, lines: readonly string[]): HTMLElement =>
  html`<div>
    <pre><code>${lines.join("\n")}</code></pre>
    ${
      dataset.name === "folder"
        ? html`<p><code>--dataset</code> takes the path of the folder, of which this page knows the last part.</p>`
        : ""
    }
  </div>`;
