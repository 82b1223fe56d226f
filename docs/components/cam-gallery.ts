import {html} from "htl";
import {camCanvas, camColor, decodeGrid} from "./cam.js";
import type {Cam} from "./cam-list.js";
import {classTitle} from "./classes.js";
import {percent, score} from "./format.js";
import {pagedList} from "./paged.js";
import {type Sprite, thumbnail} from "./sprite.js";

/** Radiographs and their maps side by side. The opacity of the maps is the custom property `--cam-opacity` of an ancestor. */
export const camGallery = (cams: readonly Cam[], {sprite, size = 136}: {sprite: Sprite; size?: number}): HTMLElement =>
  pagedList(cams, (cam) => camCard(cam, sprite, size), {label: "Radiographs with their Grad-CAM maps"});

function camCard(
  {row, actual, predicted, confidence, peak, size: cells, grid: base64}: Cam,
  sprite: Sprite,
  size: number
): HTMLElement {
  const grid = decodeGrid(base64, cells);
  const picture = (label: string) => thumbnail(sprite, row, {size, label});
  return html`<li class="image-card cam-card" tabindex="-1">
    <div class="cam-pair">
      ${sprite.images.present ? picture(`Test image ${row}, ${classTitle(actual)}`) : null}
      <div class="cam-overlay">
        ${picture(`Test image ${row} with its map for ${classTitle(predicted)}${grid ? "" : ": empty"}`)}
        ${grid ? camCanvas(grid, cells, 2 * size) : html`<span class="cam-empty">empty map</span>`}
      </div>
    </div>
    <p class="card-title">
      Row ${row}: ${classTitle(actual)}<br />${actual === predicted ? "✓ correct" : `✗ predicted ${classTitle(predicted)}`},
      ${percent(confidence, 0)}
    </p>
    <p class="remark">${grid ? `peak ${score(peak, 3)}` : "no positive evidence for the predicted class"}</p>
  </li>`;
}

/** The colour scale of the maps over a grey ground, as they are drawn over a radiograph. */
export function camLegend(): HTMLElement {
  const stops = Array.from(
    {length: 9},
    (_, i) => `color-mix(in srgb, ${camColor(i / 8)} ${(100 * i) / 8}%, transparent)`
  );
  return html`<div class="cam-legend">
    <span>no evidence</span>
    <span
      class="cam-ramp"
      role="img"
      aria-label="Colour scale: transparent for none, bright orange for the map’s own peak"
      ><span style=${{background: `linear-gradient(to right, ${stops.join(", ")})`}}></span
    ></span>
    <span>the map’s own peak</span>
  </div>`;
}
