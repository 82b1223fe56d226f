import {html} from "htl";

/** Charts side by side; one below the other where there is no room. */
export const panels = (...charts: Node[]): HTMLElement =>
  html`<div class="panels">${charts.map((chart) => html`<div>${chart}</div>`)}</div>`;

/** A chart of each of several things, below its name. */
export const titledPanels = (titles: readonly string[], draw: (title: string) => Node): HTMLElement =>
  html`<div class="panels">
    ${titles.map(
      (title) =>
        html`<div>
          <p class="panel-title">${title}</p>
          ${draw(title)}
        </div>`
    )}
  </div>`;
