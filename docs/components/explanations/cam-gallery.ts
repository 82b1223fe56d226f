import {html} from "htl";
import {evidenceColours} from "measures";
import {camCanvas, decodeGrid} from "./cam.js";
import type {Cam} from "./cam-list.js";
import {classTitle} from "../shared/classes.js";
import {percent, score} from "../shared/format.js";
import {type MaskIndex, maskOutlines} from "./mask-outlines.js";
import {pagedList} from "../shared/paged.js";
import {type Sprite, thumbnail} from "../shared/sprite.js";

/** The maps of one run, for its column in the gallery. */
export interface CamColumn {
  title: string;
  cams: readonly Cam[];
}

export interface GalleryOptions {
  sprite: Sprite;
  /** Drawn over the images that have any. */
  masks?: MaskIndex;
  /** Side of a picture, in CSS pixels. */
  size?: number;
  /** What is said of an image besides. */
  remark?: (row: number) => string;
}

/**
 * Radiographs and, beside them, the same under the maps of one or several runs: those images that the first run's list
 * names, in its order. The opacity of the maps is the custom property `--cam-opacity` of an ancestor.
 */
export function camGallery([first, ...others]: readonly CamColumn[], options: GalleryOptions): HTMLElement {
  const byRow = others.map(({title, cams}) => ({title, cams: new Map(cams.map((cam) => [cam.row, cam]))}));
  const card = (cam: Cam) => {
    const further = byRow.map(({title, cams}) => ({title, cam: cams.get(cam.row)}));
    return camCard([{title: first.title, cam}, ...further.filter(({cam}) => cam)] as Shown[], options);
  };
  return pagedList(first.cams, card, {label: "Radiographs with their maps"});
}

interface Shown {
  title: string;
  cam: Cam;
}

function camCard(shown: Shown[], {sprite, masks, size = 136, remark}: GalleryOptions): HTMLElement {
  const [{cam}] = shown;
  const {row, actual} = cam;
  const outlines = masks?.get(row);
  const original = () =>
    html`<div class="cam-overlay">
      ${thumbnail(sprite, row, {size, label: `Test image ${row}, ${classTitle(actual)}`})}
      ${outlines ? maskOutlines(outlines) : null}
    </div>`;
  return html`<li class="image-card cam-card" tabindex="-1">
    <div class="cam-pair">
      ${sprite.images.present ? original() : null}
      ${shown.map(({cam}) => overlaid(cam, sprite, size, outlines && maskOutlines(outlines)))}
    </div>
    <p class="card-title">Row ${row}: ${classTitle(actual)}${remark ? html`<br />${remark(row)}` : null}</p>
    ${shown.map(({title, cam}) => html`<p class="remark">${shown.length > 1 ? `${title}: ` : ""}${verdict(cam)}</p>`)}
  </li>`;
}

function overlaid({row, predicted, size: cells, grid: base64}: Cam, sprite: Sprite, size: number, outlines?: Node) {
  const grid = decodeGrid(base64, cells);
  const label = `Test image ${row} with its map for ${classTitle(predicted)}${grid ? "" : ": empty"}`;
  return html`<div class="cam-overlay">
    ${thumbnail(sprite, row, {size, label})}
    ${grid ? camCanvas(grid, cells, 2 * size) : html`<span class="cam-empty">empty map</span>`} ${outlines ?? null}
  </div>`;
}

const verdict = ({actual, predicted, confidence, peak, grid}: Cam): string =>
  `${actual === predicted ? "✓ correct" : `✗ predicted ${classTitle(predicted)}`}, ${percent(confidence, 0)}, ` +
  (grid ? `peak ${score(peak, 3)}` : "no positive evidence for the predicted class");

/** The colour scale of the maps over a grey ground, as they are drawn over a radiograph. */
export function camLegend(): HTMLElement {
  const stops = Array.from(
    {length: 9},
    (_, i) => `color-mix(in srgb, ${evidenceColours[Math.round((255 * i) / 8)]} ${(100 * i) / 8}%, transparent)`
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
