import {html} from "htl";
import {plural} from "../shared/format.js";
import {imagePanel, type Prediction} from "../shared/image-panel.js";
import type {Selection} from "../shared/image-strip.js";
import type {Sprite} from "../shared/sprite.js";

/** The images of a selection, part by part; it takes the focus, because the reader has asked for it. */
export function selectionPanel(
  {heading, parts}: Selection,
  predictions: ReadonlyMap<number, Prediction>,
  options: {classes: string[]; sprite: Sprite}
): HTMLElement {
  const found = (rows: readonly number[]) => rows.flatMap((row) => predictions.get(row) ?? []);
  const panel = html`<div class="selection-panel" tabindex="-1" role="group" aria-label=${heading}>
    <p class="figure-title">${heading}</p>
    ${parts
      .filter(({rows}) => rows.length)
      .map(({title, rows}) =>
        imagePanel(found(rows), {...options, heading: `${title}: ${plural(rows.length, "test image")}`})
      )}
  </div>`;
  requestAnimationFrame(() => panel.focus());
  return panel;
}
