import {UserError} from "../support/errors.js";
import {shuffle, stream} from "../support/random.js";

/** Class probabilities of some networks for the same images in the same order, each row-major [n, classes]. */
export type Members = readonly ArrayLike<number>[];

/** Judges probabilities, row-major [n, classes]: more is better. */
export type Judge = (probabilities: Float64Array) => number;

/** The weighted mean of the members' probabilities. Weights are scaled to a sum of 1. Throws `UserError` for what cannot be mixed. */
export function mix(members: Members, weights: readonly number[]): Float64Array {
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  if (members.length === 0 || weights.length !== members.length || !(total > 0) || weights.some((w) => !(w >= 0))) {
    throw new UserError(`Weights ${weights.join(", ")} do not suit ${members.length} networks.`, {
      hint: "Give every network a weight of at least 0, and one of them more."
    });
  }
  if (members.some(({length}) => length !== members[0].length)) {
    throw new UserError("The networks of an ensemble have predicted different numbers of images.", {
      hint: "Predict the same split with all of them."
    });
  }
  const mixed = new Float64Array(members[0].length);
  members.forEach((member, m) => {
    if (weights[m] > 0) for (let at = 0; at < mixed.length; ++at) mixed[at] += (weights[m] / total) * member[at];
  });
  return mixed;
}

export interface SearchOptions {
  /** Weights are multiples of one over this. */
  resolution: number;
  /** Random points of the simplex that the search starts from, after the plain average. */
  restarts: number;
  seed: number;
}

/** Weights that sum to 1, and what the judge says of the mixture. */
export interface Weighted {
  weights: number[];
  score: number;
}

/**
 * Weights that a judge likes best, by hill climbing on the grid of the simplex: one unit of weight moves from one member
 * to another as long as that is strictly better. Starts from the point nearest to the average, then from random ones; of
 * equals the first wins, so that weights that are no better than the average's neighbourhood do not replace it. A local
 * search: it finds the best point of the grid for a few members, and a good one for many. The judge must know other
 * images than those on which the ensemble is then evaluated.
 */
export function searchWeights(members: Members, judge: Judge, {resolution, restarts, seed}: SearchOptions): Weighted {
  const random = stream(seed, "simplex search");
  const count = members.length;
  const even = Array.from({length: count}, (_, m) => Math.floor((resolution + m) / count));
  const anywhere = () => {
    const bars = shuffle(
      Int32Array.from({length: resolution + count - 1}, (_, i) => i),
      random
    ).subarray(0, count - 1);
    const ends = [-1, ...Array.from(bars).sort((a, b) => a - b), resolution + count - 1];
    return Array.from({length: count}, (_, m) => ends[m + 1] - ends[m] - 1);
  };
  const found = [even, ...Array.from({length: restarts}, anywhere)].map((units) => climb(members, judge, units));
  return found.reduce((best, one) => (one.score > best.score ? one : best));
}

function climb(members: Members, judge: Judge, start: number[]): Weighted {
  const resolution = start.reduce((a, b) => a + b, 0);
  const judged = (units: number[]) => ({units, score: judge(mix(members, units))});
  let best = judged(start);
  for (;;) {
    const next = neighbours(best.units)
      .map(judged)
      .reduce((a, b) => (b.score > a.score ? b : a), best);
    if (next === best) return {weights: best.units.map((unit) => unit / resolution), score: best.score};
    best = next;
  }
}

/** Every way to move one unit from one member to another. */
const neighbours = (units: number[]): number[][] =>
  units.flatMap((unit, from) =>
    unit === 0
      ? []
      : units.flatMap((_, to) => (to === from ? [] : [units.map((u, m) => u - Number(m === from) + Number(m === to))]))
  );

/**
 * Greedy forward selection with replacement (Caruana et al. 2004): members join one by one, each time the one that the
 * judge likes best in the average so far; the best of these averages is kept, the smallest of equals.
 */
export function selectGreedily(members: Members, judge: Judge, rounds: number): Weighted {
  let counts = members.map(() => 0);
  let best: Weighted = {weights: [], score: -Infinity};
  for (let round = 1; round <= rounds; ++round) {
    const tried = members.map((_, m) => counts.map((count, other) => count + Number(other === m)));
    const scores = tried.map((candidate) => judge(mix(members, candidate)));
    const chosen = scores.indexOf(Math.max(...scores));
    counts = tried[chosen];
    if (scores[chosen] > best.score) best = {weights: counts.map((count) => count / round), score: scores[chosen]};
  }
  return best;
}
