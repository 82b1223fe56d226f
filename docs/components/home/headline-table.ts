import {html} from "htl";
import {count, score} from "../shared/format.js";
import {type Kind, kindTitles, type Line, type Metric, metrics, metricTitles} from "../claims/headline.js";
import {behindScore} from "../lens/lens-means.js";
import {roving} from "../shared/roving.js";
import {scoreCell} from "../shared/score-cell.js";

/**
 * Runs by scores, with what stands behind each behind a lens. Cited figures stand apart, in another style and without
 * intervals. `resamples` are those of the bootstrap.
 */
export function headlineTable(lines: readonly Line[], {resamples}: {resamples: number}): HTMLElement {
  const groups = (Object.keys(kindTitles) as Kind[]).filter((kind) => lines.some((line) => line.kind === kind));
  const table = html`<div class="table-scroll" role="region" aria-label="Scores of every run" tabindex="0">
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
            ${lines.filter((line) => line.kind === kind).map((line) => headlineRow(line, resamples))}
          </tbody>`
      )}
    </table>
  </div>`;
  roving(table, ".lens-number");
  return table;
}

const headlineRow = (line: Line, resamples: number): HTMLElement => {
  const {title, href, source, note, images} = line;
  const remark = source && html`<span class="remark">${source}${note ? `; ${note}` : ""}</span>`;
  return html`<tr>
    <th scope="row">${href ? html`<a href=${href}>${title}</a>` : title}${remark || null}</th>
    <td class="number">${count(images)}</td>
    ${metrics.map((metric) => html`<td class="number">${cell(line, metric, resamples)}</td>`)}
  </tr>`;
};

const cell = ({scores, result: run, href}: Line, metric: Metric, resamples: number) =>
  run ? scoreCell(scores[metric], behindScore({run, resamples}, metric), {href}) : score(scores[metric].value, 3);
