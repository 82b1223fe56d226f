import {html} from "htl";
import {count, estimate, ratio, score} from "./format.js";
import {type Kind, kindTitles, type Line, type Metric, metrics, metricTitles} from "./headline.js";
import {lens} from "./lens.js";
import {behindMean} from "./lens-means.js";
import {behindAccuracy} from "./lens-words.js";

/**
 * Runs by scores, with what stands behind each behind a lens. Cited figures stand apart, in another style and without
 * intervals. `resamples` are those of the bootstrap.
 */
export function headlineTable(lines: readonly Line[], {resamples}: {resamples: number}): HTMLElement {
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
            ${lines.filter((line) => line.kind === kind).map((line) => headlineRow(line, resamples))}
          </tbody>`
      )}
    </table>
  </div>`;
}

const headlineRow = (line: Line, resamples: number): HTMLElement => {
  const {title, href, source, note, images} = line;
  return html`<tr>
    <th scope="row">
      ${href ? html`<a href=${href}>${title}</a>` : title}${source ? html`<span class="remark">${source}${note ? `; ${note}` : ""}</span>` : null}
    </th>
    <td class="number">${count(images)}</td>
    ${metrics.map((metric) => html`<td class="number">${scoreCell(line, metric, resamples)}</td>`)}
  </tr>`;
};

function scoreCell({scores, result: run, href}: Line, metric: Metric, resamples: number) {
  const e = scores[metric];
  if (!run) return score(e.value, 3);
  const behind = metric === "accuracy" ? behindAccuracy({run, resamples}) : behindMean({run, resamples}, metric);
  const link = href ? {href, title: "The images behind it"} : undefined;
  return html`<span
    >${lens(estimate(e), {...behind, link})}${e.n ? html`<span class="remark">${ratio(e)}</span>` : null}</span
  >`;
}
