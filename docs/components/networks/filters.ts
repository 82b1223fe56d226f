import {html} from "htl";
import type {RunFilters} from "../../../src/report/networks/artifact.js";
import {count, score} from "../shared/format.js";

/** RGB bytes as a picture of `size` x `size` pixels, which the stylesheet enlarges without smoothing. */
function tile(base64: string, size: number): HTMLCanvasElement {
  const rgb = Uint8Array.from(atob(base64), (char) => char.charCodeAt(0));
  const rgba = new Uint8ClampedArray(4 * size * size).fill(255);
  for (let i = 0; i < size * size; ++i) rgba.set(rgb.subarray(3 * i, 3 * i + 3), 4 * i);
  const canvas = Object.assign(document.createElement("canvas"), {width: size, height: size});
  canvas.getContext("2d")?.putImageData(new ImageData(rgba, size, size), 0, 0);
  return canvas;
}

/** The filters of a run's first convolution in pairs: above as training found them, below as it left them. */
export function filterTiles({title, layer, size, filters, cosine, change}: RunFilters): HTMLElement {
  const label = `${count(filters.length)} filters of ${layer} in ${title}, before and after training`;
  return html`<div class="filters" role="img" aria-label=${`${label}: ${describeChange({cosine, change})}`}>
    ${filters.map(
      (filter, i) =>
        html`<div class="filter-pair" title=${`filter ${i}: ${describeChange(filter)}`}>
          ${tile(filter.before, size)}${tile(filter.after, size)}
        </div>`
    )}
  </div>`;
}

/** How far weights moved, in words. */
export const describeChange = ({cosine, change}: {cosine: number; change: number}): string =>
  `cosine similarity ${score(cosine, 3)}, relative change ${score(change, 3)}`;

/** Every filter's change, for the download. */
export const filterRows = (runs: readonly RunFilters[]) =>
  runs.flatMap(({run, layer, filters}) =>
    filters.map(({cosine, change}, filter) => ({run, layer, filter, cosine, change}))
  );
