import {html} from "htl";
import type {Source} from "../../src/loaders/types.js";
import {type Row, toCsv} from "./csv.js";
import {sourceDetails} from "./source.js";

export interface FigureOptions {
  /** File name of the download, without extension; also the anchor of the figure, with `figure-` before it. */
  name: string;
  title?: string;
  /** What to see in the figure. */
  caption: string | Node;
  /** Where the numbers come from: one or several stages. */
  source?: Source | Source[];
  /** The numbers that are drawn, for the download; a function is called when it is asked for. */
  data: readonly Row[] | (() => readonly Row[]);
}

/** A chart with its caption, its provenance on demand and its numbers as a download. */
export function figure(
  {name, title, caption, source, data}: FigureOptions,
  ...content: (Node | string)[]
): HTMLElement {
  return html`<figure id=${`figure-${name}`} class="figure">
    ${title ? html`<p class="figure-title">${title}</p>` : null} ${content}
    <figcaption>
      <div class="figure-caption">${caption}</div>
      <div class="figure-tools">
        ${source ? sourceDetails([source].flat()) : null} ${downloadButton(name, data, title ?? name)}
      </div>
    </figcaption>
  </figure>`;
}

/** A button that writes the rows to a CSV file, made in the browser. */
export function downloadButton(name: string, data: FigureOptions["data"], title = name): HTMLElement {
  const save = () => {
    const blob = new Blob([toCsv(typeof data === "function" ? data() : data)], {type: "text/csv"});
    const href = URL.createObjectURL(blob);
    html`<a href=${href} download=${`${name}.csv`}></a>`.click();
    setTimeout(() => URL.revokeObjectURL(href));
  };
  return html`<button
    type="button"
    class="figure-download"
    aria-label=${`Download the data of “${title}” as CSV`}
    onclick=${save}
  >
    Data (CSV)
  </button>`;
}
