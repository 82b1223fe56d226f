import {html} from "htl";
import type {Source} from "../../../src/report/shared/source.js";
import {type Row, toCsv} from "./csv.js";
import {sourceDetails} from "./source.js";
import {standaloneSvg} from "./svg-export.js";

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
        ${pictureButton(name, title ?? name)}
      </div>
    </figcaption>
  </figure>`;
}

/** Hands a text that was made in the browser to the reader as a file. */
function download(file: string, text: string, type: string): void {
  const href = URL.createObjectURL(new Blob([text], {type}));
  html`<a href=${href} download=${file}></a>`.click();
  setTimeout(() => URL.revokeObjectURL(href));
}

/** A button that writes the rows to a CSV file. */
export const downloadButton = (name: string, data: FigureOptions["data"], title = name): HTMLElement =>
  html`<button
    type="button"
    class="figure-download"
    aria-label=${`Download the data of “${title}” as CSV`}
    onclick=${() => download(`${name}.csv`, toCsv(typeof data === "function" ? data() : data), "text/csv")}
  >
    Data (CSV)
  </button>`;

/** A button that writes the pictures of its figure to an SVG file; the style sheet shows it where there are any. */
function pictureButton(name: string, title: string): HTMLElement {
  const save = (event: Event) => {
    const figure = (event.currentTarget as Element).closest("figure");
    if (figure) download(`${name}.svg`, standaloneSvg(figure, title), "image/svg+xml");
  };
  return html`<button
    type="button"
    class="figure-download figure-picture"
    aria-label=${`Download the picture of “${title}” as SVG`}
    onclick=${save}
  >
    Picture (SVG)
  </button>`;
}
