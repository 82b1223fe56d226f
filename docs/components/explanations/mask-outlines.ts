import {contours, geoPath} from "d3";
import {svg} from "htl";
import type {MasksArtifact} from "../../../src/report/explanations/artifact.js";

/** Masks by test image, each an array of 0 and 1, row-major. */
export type MaskIndex = Map<number, {region: string; mask: number[]}[]>;

export const regionTitles: Record<string, string> = {
  lungs: "inside the lungs",
  "lung-boxes": "inside the lungs’ boxes",
  opacities: "inside opacities",
  "ground-glass": "inside ground glass",
  consolidation: "inside consolidation",
  devices: "on tubes and lines",
  marker: "on the planted marker",
  outside: "outside the body"
};

/** The masks of the annotated test images. */
export const maskIndex = ({size, images}: MasksArtifact): MaskIndex =>
  new Map(
    images.map(({row, masks}) => [row, masks.map(({region, bits}) => ({region, mask: unpack(bits, size * size)}))])
  );

/** One number a bit, the first from the highest place of the first byte. */
export function unpack(base64: string, count: number): number[] {
  const bytes = Uint8Array.from(atob(base64), (char) => char.charCodeAt(0));
  if (bytes.length !== Math.ceil(count / 8)) throw new RangeError(`${bytes.length} bytes do not hold ${count} bits.`);
  return Array.from({length: count}, (_, at) => (bytes[at >> 3] >> (7 - (at % 8))) & 1);
}

/** The outlines of an image's masks, to be laid over it. The stylesheet gives every region its line. */
export function maskOutlines(masks: {region: string; mask: number[]}[]): SVGElement {
  const size = Math.sqrt(masks[0].mask.length);
  const outline = contours().size([size, size]).smooth(true);
  const path = (mask: number[]) => geoPath()(outline.contour(mask, 0.5));
  const names = masks.map(({region}) => regionTitles[region].replace(/^\w+ (the )?/, ""));
  return svg`<svg
    class="mask-outlines"
    viewBox=${`0 0 ${size} ${size}`}
    role="img"
    aria-label=${`Outlines: ${names.join(", ")}`}
  >
    ${masks.map(({region, mask}) => svg`<path class=${`mask-${region}`} d=${path(mask)}></path>`)}
  </svg>`;
}
