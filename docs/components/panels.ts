import {html} from "htl";

/** Charts side by side; one below the other where there is no room. */
export const panels = (...charts: Node[]): HTMLElement =>
  html`<div class="panels">${charts.map((chart) => html`<div>${chart}</div>`)}</div>`;
