import type {Pixels} from "./types.js";

/**
 * What is left to see of a radiograph. "lungs": only they; "outline", "box" and "other" hide them by their own outline,
 * by the rectangle around them, and by another patient's outline, of which the first still tells their shape;
 * "silhouette": their shape and nothing else.
 */
export const views = ["whole", "lungs", "outline", "box", "other", "silhouette"] as const;
export type View = (typeof views)[number];

/** Lungs of images, one byte a pixel, row-major [n, size, size]: 255 inside, 0 outside. */
export type LungMasks = Uint8Array;

/**
 * A view of images whose lungs are known. What is hidden is black.
 * @param donors for the view "other": position of the image, of another patient, whose lungs are taken
 */
export function viewed(images: Pixels, lungs: LungMasks, view: View, donors?: ArrayLike<number>): Pixels {
  if (view === "whole") return images;
  const area = images.size ** 2;
  const data = new Uint8Array(images.data.length);
  for (let i = 0; i < images.rows.length; ++i) {
    const mask = (at: number) => lungs.subarray(at * area, (at + 1) * area);
    const own = images.data.subarray(i * area, (i + 1) * area);
    const target = data.subarray(i * area, (i + 1) * area);
    if (view === "silhouette") target.set(mask(i));
    else if (view === "lungs") target.set(own.map((value, at) => (mask(i)[at] ? value : 0)));
    else {
      const hidden = view === "box" ? boxOf(mask(i), images.size) : mask(view === "other" ? donors![i] : i);
      target.set(own.map((value, at) => (hidden[at] ? 0 : value)));
    }
  }
  return {...images, data};
}

/** The rectangle around what a mask holds, filled. */
function boxOf(mask: Uint8Array, size: number): Uint8Array {
  const box = new Uint8Array(mask.length);
  const inside = [...mask.keys()].filter((at) => mask[at] > 0);
  if (inside.length === 0) return box;
  const columns = inside.map((at) => at % size);
  const [left, right] = [Math.min(...columns), Math.max(...columns)];
  const [top, bottom] = [Math.floor(inside[0] / size), Math.floor(inside.at(-1)! / size)];
  for (let y = top; y <= bottom; ++y) box.fill(255, y * size + left, y * size + right + 1);
  return box;
}

/**
 * For each image the position of another patient's: patients in an order that a seed draws, each taking the first image
 * of the next one. Throws `RangeError` for fewer than two patients.
 */
export function donorsOf(patients: ArrayLike<string>, shuffled: (names: string[]) => string[]): Int32Array {
  const first = new Map<string, number>();
  for (let i = 0; i < patients.length; ++i) if (!first.has(patients[i])) first.set(patients[i], i);
  const order = shuffled([...first.keys()]);
  if (order.length < 2) throw new RangeError("Another patient's lungs need at least two patients.");
  const next = new Map(order.map((name, i) => [name, first.get(order[(i + 1) % order.length])!]));
  return Int32Array.from(Array.from(patients), (name) => next.get(name)!);
}
