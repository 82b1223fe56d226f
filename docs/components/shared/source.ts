import {html} from "htl";
import type {Source} from "../../../src/report/shared/source.js";
import {date, duration} from "./format.js";

const origins: Record<Source["source"], string> = {
  computed: "computed for this build",
  published: "published result of an earlier run, not recomputed here",
  store: "found in the local store of results"
};

/** How a result came to be here: "published result of an earlier run, 14 March 2026". */
export const origin = ({source, date: day}: Source): string => `${origins[source]}, ${date(day)}`;

/** What an expensive result warns of when the code that computed it has changed since. */
export const driftWarning =
  "The code of this stage has changed since the result was computed. The numbers are those of the earlier code.";

/** Where the numbers of a figure come from, folded away until it is asked for. */
export function sourceDetails(sources: Source[]): HTMLElement {
  const drifted = sources.some((source) => source.drifted);
  return html`<details class="source">
    <summary>
      Where these numbers come from${drifted ? html`<span class="drift-flag"> (code has changed)</span>` : null}
    </summary>
    ${sources.map(sourceList)}
  </details>`;
}

function sourceList(source: Source): HTMLElement {
  const facts: [string, string | Node | undefined][] = [
    ["Stage", html`<code>${source.id}</code>`],
    ["Result", origin(source)],
    ["Time", duration(source.seconds)],
    ["Backend", [source.backend, source.device].filter(Boolean).join(", ") || undefined],
    ["Key", html`<code title=${source.key}>${source.key.slice(0, 16)}</code>`],
    ["Code", html`<code title=${source.code}>${source.code.slice(0, 16)}</code>`]
  ];
  return html`<dl class="source-facts">
    ${facts.filter(([, value]) => value).map(([name, value]) => html.fragment`<dt>${name}</dt><dd>${value}</dd>`)}
    ${source.drifted ? html.fragment`<dt>Note</dt><dd class="drift">${driftWarning}</dd>` : null}
  </dl>`;
}
