declare const numbering: unique symbol;

/**
 * Numbers of images in their split's list, from 0: what results name images by. They say nothing of where an image lies
 * among those that were read.
 */
export type Rows = Int32Array & {readonly [numbering]: "rows"};

/** Places of images, from 0, in an array of those that were read. They index every column of `Pixels`. */
export type Positions = Int32Array & {readonly [numbering]: "positions"};

const numbers = (values: Iterable<number>) => (values instanceof Int32Array ? values : Int32Array.from(values));

/** Says that numbers are rows. Makes no copy of an Int32Array. */
export const toRows = (values: Iterable<number>) => numbers(values) as Rows;

/** Says that numbers are positions. Makes no copy of an Int32Array. */
export const toPositions = (values: Iterable<number>) => numbers(values) as Positions;

/** The positions of so many images, in order. */
export const firstPositions = (count: number) => toPositions(Array(count).keys());

/** What a column says of the images at some positions: their rows, labels or patients. */
export const pick = <Column extends Int32Array>(column: Column, positions: Positions) =>
  Int32Array.from(positions, (position) => column[position]) as unknown as Column;
