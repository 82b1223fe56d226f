import {interpolateInferno, rgb} from "d3";

/**
 * Colours of evidence, 0 to 1: perceptually uniform, without the darkest and brightest parts of the scale, which would
 * read as shadow and bone on a radiograph. [256, 3]
 */
const colours = Array.from({length: 256}, (_, i) => rgb(interpolateInferno(0.25 + (0.6 * i) / 255)));

/**
 * Lays a map over a radiograph. Colour and opacity follow the value, so that anatomy stays visible where evidence is
 * weak.
 * @param image grey bytes, and `map` as many bytes, 255 the map's own peak
 * @param opacity of the peak, 0 to 1
 * @returns red, green and blue, three bytes a pixel
 */
export function overlay(image: Uint8Array, map: ArrayLike<number>, opacity: number): Uint8Array {
  const out = new Uint8Array(3 * image.length);
  image.forEach((grey, at) => {
    const {r, g, b} = colours[Math.round(map[at])];
    const alpha = (opacity * map[at]) / 255;
    out.set(
      [r, g, b].map((colour) => Math.round(grey + alpha * (colour - grey))),
      3 * at
    );
  });
  return out;
}
