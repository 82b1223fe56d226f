import {UserError} from "../support/errors.js";

/** Class probabilities of some networks for the same images in the same order, each row-major [n, classes]. */
export type Members = readonly ArrayLike<number>[];

/** Judges probabilities, row-major [n, classes]: more is better. */
export type Judge = (probabilities: Float64Array) => number;

/**
 * The weighted mean of the members' probabilities. Weights are scaled to a sum of 1. Throws `UserError` for what cannot
 * be mixed.
 */
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

/** Weights that sum to 1, and what the judge says of the mixture. */
export interface Weighted {
  weights: number[];
  score: number;
}

/** How finely weights are searched: every point of a grid of the simplex is judged. */
export interface Grid {
  /** Weights are multiples of one over this, or over less where that would be more points than `points`. */
  resolution: number;
  /** The most points that are judged. */
  points: number;
}

/** How many points the grid of the simplex has, where a unit is divided by `resolution` among some members. */
export function pointsOf(members: number, resolution: number): number {
  let points = 1;
  for (let k = 1; k < members; ++k) points *= (resolution + k) / k;
  return Math.round(points);
}

/**
 * The resolution of the grid that some members are searched on: the finest up to the one asked for that has few enough
 * points.
 */
export function resolutionFor(members: number, {resolution, points}: Grid): number {
  while (resolution > 1 && pointsOf(members, resolution) > points) resolution -= 1;
  return resolution;
}

/**
 * The best weights of a grid by exhaustion: no other point of it is liked more by the judge. Of points that are liked
 * alike, to twelve decimals, the one nearest to equal weights is taken, and of several of these the one that gives the
 * earlier members more. The judge must know other images than those on which the ensemble is then evaluated.
 */
export function searchWeights(members: Members, judge: Judge, grid: Grid): Weighted {
  const resolution = resolutionFor(members.length, grid);
  let best = {units: [] as number[], score: -Infinity, spread: Infinity};
  for (const units of simplex(members.length, resolution)) {
    const score = judge(mix(members, units));
    const spread = units.reduce((sum, unit) => sum + unit ** 2, 0);
    const gain = score - best.score;
    if (gain > 1e-12 || (gain > -1e-12 && spread < best.spread)) best = {units, score, spread};
  }
  return {weights: best.units.map((unit) => unit / resolution), score: best.score};
}

/** Every way to share out some units among members, those that give the first members most first. */
function* simplex(members: number, units: number): Generator<number[]> {
  if (members === 1) return yield [units];
  for (let first = units; first >= 0; --first) {
    for (const rest of simplex(members - 1, units - first)) yield [first, ...rest];
  }
}

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
