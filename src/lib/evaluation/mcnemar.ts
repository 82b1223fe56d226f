import {UserError} from "../support/errors.js";
import {incompleteBeta} from "../measures/special.js";

export interface McNemar {
  /** [[both right, only a right], [only b right, both wrong]]. */
  table: [[number, number], [number, number]];
  /** Two-sided exact p-value. */
  p: number;
}

/**
 * Whether two classifiers differ in accuracy on the same images: McNemar's test (1947), exact, on the images that only
 * one of them gets right. Throws `UserError` when the lengths differ.
 */
export function mcnemar(labels: ArrayLike<number>, a: ArrayLike<number>, b: ArrayLike<number>): McNemar {
  if (labels.length !== a.length || labels.length !== b.length) {
    throw new UserError(`Predictions for ${a.length} and ${b.length} images, but ${labels.length} labels.`, {
      hint: "Compare two runs on the same split."
    });
  }
  const table: McNemar["table"] = [
    [0, 0],
    [0, 0]
  ];
  for (let i = 0; i < labels.length; ++i) table[Number(a[i] !== labels[i])][Number(b[i] !== labels[i])] += 1;
  return {table, p: exactP(table[0][1], table[1][0])};
}

/** Twice the chance of so few heads, or tails, among fair tosses; at most 1. */
function exactP(heads: number, tails: number): number {
  const [fewer, more] = [Math.min(heads, tails), Math.max(heads, tails)];
  return fewer === more ? 1 : Math.min(1, 2 * incompleteBeta(0.5, more, fewer + 1));
}
