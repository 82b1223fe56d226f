import {html} from "htl";

/** Charts side by side, each below its title where it has one; one below the other where there is no room. */
export const panels = (...charts: (Node | {title: string; chart: Node})[]): HTMLElement =>
  html`<div class="panels">
    ${charts.map((one) =>
      "title" in one
        ? html`<div>
            <p class="panel-title">${one.title}</p>
            ${one.chart}
          </div>`
        : html`<div>${one}</div>`
    )}
  </div>`;
