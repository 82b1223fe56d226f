/** A network's square holds at least a quarter of the longer side; less of it is no picture of a chest. */
const largestRatio = 4;

/** Pixels: as small as the smallest square that a network here sees. */
const shortestSide = 32;

/** Why an image of this size is nothing for a network, if it is. */
export function unfitSize({width, height}: {width: number; height: number}): string | undefined {
  if (Math.min(width, height) < shortestSide)
    return `${width} x ${height} pixels: each side needs ${shortestSide} or more`;
  if (Math.max(width, height) > largestRatio * Math.min(width, height)) {
    return `${width} x ${height} pixels: one side may be at most ${largestRatio} times the other`;
  }
  return undefined;
}

/** Why pixels are nothing for a network, if they are. */
export const unfitPixels = (pixels: Uint8Array): string | undefined =>
  pixels.every((value) => value === pixels[0]) ? "nothing but one grey level" : undefined;
