import {interpolateInferno, rgb} from "d3";

/**
 * Colours of evidence, from none to a map's own peak: perceptually uniform, without the darkest and brightest parts of
 * the scale, which would read as shadow and bone on a radiograph. [256]
 */
export const evidenceColours = Array.from({length: 256}, (_, i) => rgb(interpolateInferno(0.25 + (0.6 * i) / 255)));

/**
 * A map as red, green, blue and opacity: both colour and opacity follow the value, so that anatomy stays visible where
 * evidence is weak.
 * @param map values from 0 to 255, the map's own peak
 * @returns four bytes a pixel
 */
export function evidencePixels(map: ArrayLike<number>): Uint8ClampedArray<ArrayBuffer> {
  const pixels = new Uint8ClampedArray(4 * map.length);
  for (let at = 0; at < map.length; ++at) {
    const {r, g, b} = evidenceColours[Math.round(map[at])];
    pixels.set([r, g, b, map[at]], 4 * at);
  }
  return pixels;
}

/**
 * Lays a map over a radiograph.
 * @param image grey bytes, and `map` as many values, 255 the map's own peak
 * @param opacity of the peak, 0 to 1
 * @returns red, green and blue, three bytes a pixel
 */
export function overlay(image: Uint8Array, map: ArrayLike<number>, opacity: number): Uint8Array {
  const out = new Uint8Array(3 * image.length);
  image.forEach((grey, at) => {
    const {r, g, b} = evidenceColours[Math.round(map[at])];
    const alpha = (opacity * map[at]) / 255;
    out.set(
      [r, g, b].map((colour) => Math.round(grey + alpha * (colour - grey))),
      3 * at
    );
  });
  return out;
}
