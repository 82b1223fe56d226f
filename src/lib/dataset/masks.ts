import {join} from "node:path";
import {directories} from "../support/paths.js";
import {contentDigests} from "./digest.js";
import {type Area, drawMasks, readAreas} from "./masks/annotations.js";
import type {Masks} from "./masks/regions.js";
import {drawPhantom} from "./phantom/draw.js";
import {parsePhantomPath} from "./phantom/path.js";
import type {Dataset, Example} from "./types.js";

/** Says where disease, lungs and the rest lie in some images of a dataset. */
export interface Annotations {
  /**
   * Whether anything is marked in an image. An image without a mask is left out of what masks are needed for, and
   * counted.
   */
  has(example: Example): boolean;
  /** The masks of an image at a size; none for an image without. */
  draw(example: Example, size: number): Promise<Masks>;
  /** Says which annotations these are: changes when one of them does. */
  digest(): Promise<string>;
}

/**
 * The annotations of a dataset: radiologists' masks for COVIDx, the drawing's own truth for phantoms, none for a
 * folder.
 * @throws UserError where the annotations of COVIDx are not here or malformed
 */
export function openAnnotations(dataset: Pick<Dataset, "name">): Annotations {
  if (dataset.name === "phantom") return phantomAnnotations;
  return dataset.name === "covidx" ? radiologists(join(directories.covidx(), "annotations")) : none;
}

const none: Annotations = {has: () => false, draw: async () => ({}), digest: async () => "none"};

function radiologists(folder: string): Annotations {
  const areas = readAreas(folder);
  return {
    has: ({id}) => areas.has(id.file),
    draw: ({id}, size) => drawMasks(areas.get(id.file) ?? [], size),
    digest: async () => {
      const pictures = [...areas.values()].flat().flatMap(({shape}) => (typeof shape === "string" ? shape : []));
      const contents = await contentDigests(pictures.map((path) => ({path})));
      return JSON.stringify([...areas].map(([file, own]) => [file, own.map(withoutPath)])) + contents.join();
    }
  };
}

/** A picture counts by its content, wherever it lies; a rectangle by its size. */
const withoutPath = ({shape, ...area}: Area) => (typeof shape === "string" ? area : {...area, shape});

/**
 * The truth about a phantom, at the size that is asked for. Signs of viral pneumonia are opacities of no other name.
 */
const phantomAnnotations: Annotations = {
  has: () => true,
  digest: async () => "phantom",
  async draw({path}, size) {
    const request = parsePhantomPath(path)!;
    const {lungs, opacity, marker} = drawPhantom({...request, size});
    const bytes = (mask: Uint8Array) => (mask.includes(1) ? mask.map((value) => 255 * value) : undefined);
    const opacities = bytes(opacity);
    return {
      lungs: bytes(lungs),
      opacities,
      "ground-glass": request.label === 0 ? opacities : undefined,
      consolidation: request.label === 2 ? opacities : undefined,
      marker: bytes(marker)
    };
  }
};
