import {masks} from "../report/explanations/attention.js";
import {study} from "../study.js";
import {attempt} from "../report/shared/support.js";
import type {MasksArtifact} from "../report/explanations/artifact.js";

/** Regions that are drawn over an image; what contains another comes first. */
const drawn = ["lung-boxes", "lungs", "opacities", "devices", "marker"] as const;

/** The masks of the test images, where the annotations are here: like radiographs, they are never published. */
export default async function (): Promise<MasksArtifact> {
  const result = await attempt(masks({study}));
  if (!("value" in result)) return {size: 0, images: []};
  const {size, images} = result.value;
  const marked = images
    .filter(({split}) => split === "test")
    .map(({row, masks}) => ({
      row,
      masks: drawn.flatMap((region) => (masks[region] ? [{region, bits: bitsOf(masks[region])}] : []))
    }));
  return {size, images: marked.filter(({masks}) => masks.length > 0)};
}

/** A bit a pixel, the first in the highest place of the first byte, in base64. */
function bitsOf(mask: Uint8Array): string {
  const bits = new Uint8Array(Math.ceil(mask.length / 8));
  mask.forEach((value, at) => (bits[at >> 3] |= value >= 128 ? 0x80 >> (at % 8) : 0));
  return Buffer.from(bits).toString("base64");
}
