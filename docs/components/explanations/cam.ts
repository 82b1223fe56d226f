import {evidencePixels, upsample} from "measures";

/** A map as published: one byte per cell, row-major, 255 the map's own peak. Undefined where the map is empty. */
export function decodeGrid(base64: string, size: number): Uint8Array | undefined {
  if (!base64) return undefined;
  const bytes = Uint8Array.from(atob(base64), (char) => char.charCodeAt(0));
  if (bytes.length !== size * size)
    throw new RangeError(`A map of ${size} x ${size} cells holds ${bytes.length} bytes.`);
  return bytes;
}

/** The map as a canvas of `side` pixels, to be laid over the radiograph. */
export function camCanvas(grid: Uint8Array, size: number, side: number): HTMLCanvasElement {
  const canvas = Object.assign(document.createElement("canvas"), {width: side, height: side, className: "cam"});
  const pixels = evidencePixels(upsample(grid, size, side));
  canvas.getContext("2d")?.putImageData(new ImageData(pixels, side, side), 0, 0);
  return canvas;
}
