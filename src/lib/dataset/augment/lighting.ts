/**
 * What each of the 256 grey levels becomes, 0 to 1: brightness adds to the level's logit and contrast scales the sum,
 * as in fastai v1, so that nothing is clipped and black and white stay what they are.
 * @param brightness what the middle grey becomes before contrast, between 0 and 1; 0.5 changes nothing
 * @param contrast above 0; 1 changes nothing
 */
export function relight(brightness: number, contrast: number): Float64Array {
  const shift = logit(brightness);
  if (shift === 0 && contrast === 1) return unchanged;
  return unchanged.map((value) => 1 / (1 + Math.exp(-contrast * (logit(value) + shift))));
}

const unchanged = Float64Array.from({length: 256}, (_, level) => level / 255);

/** Minus infinity of 0 and infinity of 1. */
const logit = (value: number) => Math.log(value / (1 - value));
