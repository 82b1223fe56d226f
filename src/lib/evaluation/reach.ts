import {UserError} from "../support/errors.js";

/**
 * When a run first scored at least so much; one that never did is censored at its end: it would need more than that.
 */
export interface Reached {
  /** Epochs, from 1, until the score was reached, or all that there were. */
  epochs: number;
  reached: boolean;
}

/**
 * The first epoch whose score is at least `level`; scores of epoch 1, 2 and so on. Throws `UserError` when there is
 * none.
 */
export function firstReaching(scores: readonly number[], level: number): Reached {
  if (scores.length === 0) throw new UserError("A run without epochs reaches nothing.");
  const first = scores.findIndex((score) => score >= level);
  return first < 0 ? {epochs: scores.length, reached: false} : {epochs: first + 1, reached: true};
}
