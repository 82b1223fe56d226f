import {html} from "htl";
import type {ImagesArtifact} from "../../../src/report/data/artifact.js";
import {chestOutline} from "./outline.js";

/** The thumbnails of the test images: where each row's cell is, and the sheet that holds them. */
export interface Sprite {
  images: ImagesArtifact;
  /** Address of the sheet. */
  href: string;
}

/** Where the image of a row lies in the sheet, in cells; undefined where there is none. */
export function locate(
  {present, columns, row: rows}: ImagesArtifact,
  row: number
): {column: number; line: number} | undefined {
  const index = present ? rows.indexOf(row) : -1;
  return index < 0 ? undefined : {column: index % columns, line: Math.floor(index / columns)};
}

/** The thumbnail of a test image; where it is not here, a drawn outline. `size` in CSS pixels. */
export function thumbnail(
  {images, href}: Sprite,
  row: number,
  {size, label}: {size: number; label: string}
): HTMLElement {
  const place = locate(images, row);
  const side = `${size}px`;
  if (!place)
    return html`<div
      class="thumbnail absent"
      role="img"
      aria-label=${`${label} (drawn outline)`}
      style=${{width: side, height: side}}
    >
      ${chestOutline()}
    </div>`;
  const lines = Math.ceil(images.row.length / images.columns);
  return html`<div
    class="thumbnail"
    role="img"
    aria-label=${label}
    style=${{
      width: side,
      height: side,
      backgroundImage: `url("${href}")`,
      backgroundPosition: `${-place.column * size}px ${-place.line * size}px`,
      backgroundSize: `${images.columns * size}px ${lines * size}px`
    }}
  ></div>`;
}
