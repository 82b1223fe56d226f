import type {Display} from "./display.js";

/** Stored values lie between those of signed and of unsigned 16 bits. */
const lowest = -32768;
const highest = 65535;

/**
 * Stored values of one channel as bytes: 0 is the darkest. A file that asks for no window, or for one that shows
 * nothing of its values, is shown over the range of them all. Padding is black.
 */
export function toGrey(values: Int32Array, display: Display): {pixels: Uint8Array; ignoresWindow: boolean} {
  const image = distinct(values).filter((value) => !display.isPadding(value));
  const measured = image.map(display.measured);
  const levels = (transfer: (value: number) => number) => measured.map((value) => Math.round(255 * transfer(value)));
  const windowed = display.shown && levels(display.shown);
  const ignoresWindow = windowed !== undefined && image.length > 1 && windowed.every((level) => level === windowed[0]);
  const shown = windowed && !ignoresWindow ? windowed : levels(fullRange(measured));
  const table = new Uint8Array(highest - lowest + 1);
  image.forEach((value, i) => (table[value - lowest] = display.isInverted ? 255 - shown[i] : shown[i]));
  const pixels = new Uint8Array(values.length);
  for (let i = 0; i < values.length; ++i) pixels[i] = table[values[i] - lowest];
  return {pixels, ignoresWindow};
}

/** Far fewer than the pixels. */
function distinct(values: Int32Array): number[] {
  const seen = new Uint8Array(highest - lowest + 1);
  for (let i = 0; i < values.length; ++i) seen[values[i] - lowest] = 1;
  return Array.from(seen.keys())
    .filter((at) => seen[at] === 1)
    .map((at) => at + lowest);
}

function fullRange(values: readonly number[]): (value: number) => number {
  const min = values.reduce((a, b) => Math.min(a, b), Infinity);
  const max = values.reduce((a, b) => Math.max(a, b), -Infinity);
  return (value) => (max > min ? (value - min) / (max - min) : 0);
}
