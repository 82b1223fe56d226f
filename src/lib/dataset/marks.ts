import {fnv1a32, stream} from "../measures/random.js";
import type {Pixels} from "./types.js";

/** A small bright square near a corner, as a tag that a technician left on the film. */
export interface Mark {
  /** What it adds to the pixels it covers, of 255. */
  brightness: number;
  /** Side of the square and its distance from the upper left corner, as shares of the image's side. */
  side: number;
  margin: number;
}

/** A mark that anyone sees, and one that only a sum over its pixels shows. */
export const marks = {
  plain: {brightness: 255, side: 1 / 12, margin: 1 / 16},
  faint: {brightness: 12, side: 1 / 12, margin: 1 / 16}
} satisfies Record<string, Mark>;

export type MarkName = keyof typeof marks;

/** How marks go with a class. */
export interface Planting {
  mark: MarkName;
  /**
   * 1: the class has the mark and no other has; 0: every second image of all classes has it; -1: all but the class have
   * it. The mark stands on a share (1 + strength) / 2 of the class's images and (1 - strength) / 2 of the others'.
   */
  strength: number;
  /** Index of the class. */
  label: number;
  seed: number;
}

/**
 * Which images bear a mark, decided for each image by its row and the seed alone. An image that is marked at some
 * strength stays so at every strength that gives its class more marks.
 */
export const marked = (
  {rows, labels}: Pick<Pixels, "rows" | "labels">,
  {strength, label, seed}: Omit<Planting, "mark">
): boolean[] =>
  Array.from(rows, (row, i) => {
    const share = (1 + (labels[i] === label ? strength : -strength)) / 2;
    return stream(fnv1a32(`${seed}/${row}`), "mark")() < share;
  });

/** The images with a mark on those that are to bear one. Pixels that would be brighter than white are white. */
export function plant({size, data, ...images}: Pixels, name: MarkName, bears: readonly boolean[]): Pixels {
  const {brightness, side, margin} = marks[name];
  const [start, width] = [Math.round(margin * size), Math.max(1, Math.round(side * size))];
  const planted = data.slice();
  bears.forEach((bear, i) => {
    for (let y = start; bear && y < start + width; ++y) {
      const row = (i * size + y) * size;
      for (let at = row + start; at < row + start + width; ++at) planted[at] = Math.min(255, planted[at] + brightness);
    }
  });
  return {...images, size, data: planted};
}
