import {html} from "htl";
import type {Estimate} from "../../src/loaders/types.js";
import {count, estimate, ratio, score} from "./format.js";
import {type Kind, kindTitles, type Line, metrics, metricTitles} from "./headline.js";

/** Runs by scores. Cited figures stand apart, in another style and without intervals. */
export function headlineTable(lines: readonly Line[]): HTMLElement {
  const groups = (Object.keys(kindTitles) as Kind[]).filter((kind) => lines.some((line) => line.kind === kind));
  return html`<div class="table-scroll" role="region" aria-label="Scores of every run" tabindex="0">
    <table class="headline">
      <thead>
        <tr>
          <th scope="col">Run</th>
          <th scope="col" class="number">Images</th>
          ${metrics.map((metric) => html`<th scope="col" class="number">${metricTitles[metric]}</th>`)}
        </tr>
      </thead>
      ${groups.map(
        (kind) =>
          html`<tbody class=${kind}>
            <tr class="group">
              <th scope="rowgroup" colspan=${2 + metrics.length}>${kindTitles[kind]}</th>
            </tr>
            ${lines.filter((line) => line.kind === kind).map(headlineRow)}
          </tbody>`
      )}
    </table>
  </div>`;
}

const headlineRow = ({title, href, source, note, images, scores}: Line): HTMLElement =>
  html`<tr>
    <th scope="row">
      ${href ? html`<a href=${href}>${title}</a>` : title}${source ? html`<span class="remark">${source}${note ? `; ${note}` : ""}</span>` : null}
    </th>
    <td class="number">${count(images)}</td>
    ${metrics.map((metric) => html`<td class="number">${scoreCell(scores[metric])}</td>`)}
  </tr>`;

const scoreCell = (e: Estimate) =>
  Number.isFinite(e.low)
    ? html`<span>${estimate(e)}${e.n ? html`<span class="remark">${ratio(e)}</span>` : null}</span>`
    : score(e.value, 3);
