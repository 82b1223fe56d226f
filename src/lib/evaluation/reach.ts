import {UserError} from "../support/errors.js";

/** When a run first scored at least so much; one that never did is censored at its end: it would need more than that. */
export interface Reached {
  /** Epochs, from 1, until the score was reached, or all that there were. */
  epochs: number;
  reached: boolean;
}

/** The first epoch whose score is at least `level`; scores of epoch 1, 2 and so on. Throws `UserError` when there is none. */
export function firstReaching(scores: readonly number[], level: number): Reached {
  if (scores.length === 0) throw new UserError("A run without epochs reaches nothing.");
  const first = scores.findIndex((score) => score >= level);
  return first < 0 ? {epochs: scores.length, reached: false} : {epochs: first + 1, reached: true};
}

/** The share of runs that have not reached the score yet after an epoch. */
export interface Survival {
  epochs: number;
  share: number;
}

/**
 * Kaplan and Meier's estimate (1958) of the share of runs that still have to reach a score, by epoch: a run that ended
 * without it counts as long as it ran. One point at 0 epochs and one for every epoch in which a run reached it.
 */
export function kaplanMeier(runs: readonly Reached[]): Survival[] {
  const times = [...new Set(runs.filter(({reached}) => reached).map(({epochs}) => epochs))].sort((a, b) => a - b);
  const points: Survival[] = [{epochs: 0, share: 1}];
  for (const time of times) {
    const atRisk = runs.filter(({epochs}) => epochs >= time).length;
    const events = runs.filter(({epochs, reached}) => reached && epochs === time).length;
    points.push({epochs: time, share: points.at(-1)!.share * (1 - events / atRisk)});
  }
  return points;
}
