import {html} from "htl";
import {count, list} from "./format.js";
import {type Sprite, thumbnail} from "./sprite.js";

/** Test images that have a part in a number, such as those that a recall found or missed. */
export interface Part {
  title: string;
  rows: readonly number[];
}

/** What a reader has chosen to look at. */
export interface Selection {
  heading: string;
  parts: readonly Part[];
}

const remaining = (more: number): string[] => (more > 0 ? [`${count(more)} more`] : []);

/** The first images of a part, small; their numbers in the test list where they are not here. */
export function imageStrip({title, rows}: Part, sprite?: Sprite, limit = 10): HTMLElement {
  const shown = rows.slice(0, limit);
  const more = remaining(rows.length - limit);
  const heading = html`<p>${title}: ${count(rows.length)}</p>`;
  if (!sprite?.images.present || !rows.length)
    return html`<div class="image-strip">
      ${heading} ${rows.length ? html`<p class="strip-rows">Rows ${list([...shown.map(String), ...more])}</p>` : null}
    </div>`;
  return html`<div class="image-strip">
    ${heading}
    <div class="strip-images">
      ${shown.map((row) => thumbnail(sprite, row, {size: 44, label: `Test image ${row}`}))}
      ${more.map((words) => html`<span>and ${words}</span>`)}
    </div>
  </div>`;
}
