import {html} from "htl";
import {startScales} from "../pretraining/starts.js";

/** The colour of each start, or of those that are shown. */
export function startLegend(starts: string[], shown = starts): HTMLElement {
  const {range} = startScales(starts).color;
  const entry = (start: string, i: number) =>
    html`<span><span class="swatch" style=${{background: range[i]}}></span> ${start}</span>`;
  return html`<div class="legend">${starts.map((start, i) => (shown.includes(start) ? entry(start, i) : null))}</div>`;
}
