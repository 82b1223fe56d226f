import {interpolateInferno, rgb} from "d3";

/** A map as published: one byte per cell, row-major, 255 the map's own peak. Undefined where the map is empty. */
export function decodeGrid(base64: string, size: number): Uint8Array | undefined {
  if (!base64) return undefined;
  const bytes = Uint8Array.from(atob(base64), (char) => char.charCodeAt(0));
  if (bytes.length !== size * size)
    throw new RangeError(`A map of ${size} x ${size} cells holds ${bytes.length} bytes.`);
  return bytes;
}

// Catmull-Rom spline (a = -0.5): passes through the cell centres.
const kernel = (t: number): number => {
  const x = Math.abs(t);
  if (x < 1) return (1.5 * x - 2.5) * x * x + 1;
  return x < 2 ? ((-0.5 * x + 2.5) * x - 4) * x + 2 : 0;
};

/**
 * Bicubic interpolation of a square grid of bytes to `side` x `side` values in 0..1. Cells are areas, as in the
 * network: their centres lie half a cell from the edge.
 */
export function upscale(grid: ArrayLike<number>, size: number, side: number): Float32Array {
  const taps = Array.from({length: side}, (_, i) => {
    const centre = ((i + 0.5) * size) / side - 0.5;
    const first = Math.floor(centre) - 1;
    return [0, 1, 2, 3].map((k) => ({
      index: Math.min(size - 1, Math.max(0, first + k)),
      weight: kernel(centre - first - k)
    }));
  });
  const rows = new Float32Array(size * side);
  for (let y = 0; y < size; ++y)
    for (let x = 0; x < side; ++x)
      rows[y * side + x] = taps[x].reduce((sum, {index, weight}) => sum + weight * grid[y * size + index], 0);
  const out = new Float32Array(side * side);
  for (let y = 0; y < side; ++y)
    for (let x = 0; x < side; ++x) {
      const value = taps[y].reduce((sum, {index, weight}) => sum + weight * rows[index * side + x], 0) / 255;
      out[y * side + x] = Math.min(1, Math.max(0, value));
    }
  return out;
}

/**
 * Colours of the overlay: perceptually uniform, without its darkest and brightest parts, which would read as shadow and
 * bone on a radiograph.
 */
export const camColor = (value: number): string => interpolateInferno(0.25 + 0.6 * value);

/**
 * Values in 0..1 as RGBA pixels: the colour and the opacity both follow the value, so that anatomy shows where evidence
 * is weak.
 */
export function colorize(values: Float32Array): Uint8ClampedArray<ArrayBuffer> {
  const table = Array.from({length: 256}, (_, i) => rgb(camColor(i / 255)));
  const pixels = new Uint8ClampedArray(values.length * 4);
  values.forEach((value, i) => {
    const {r, g, b} = table[Math.round(255 * value)];
    pixels.set([r, g, b, 255 * value], 4 * i);
  });
  return pixels;
}

/** The map as a canvas of `side` pixels, to be laid over the radiograph. */
export function camCanvas(grid: Uint8Array, size: number, side: number): HTMLCanvasElement {
  const canvas = Object.assign(document.createElement("canvas"), {width: side, height: side, className: "cam"});
  canvas.getContext("2d")?.putImageData(new ImageData(colorize(upscale(grid, size, side)), side, side), 0, 0);
  return canvas;
}
