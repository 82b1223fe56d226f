import {html} from "htl";
import {startScales} from "./starts.js";

/** The colour of each start. */
export function startLegend(starts: string[]): HTMLElement {
  const {range} = startScales(starts).color;
  return html`<div class="legend">
    ${starts.map((start, i) => html`<span><span class="swatch" style=${{background: range[i]}}></span> ${start}</span>`)}
  </div>`;
}
