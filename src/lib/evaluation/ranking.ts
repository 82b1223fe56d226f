import {checkProbabilities} from "./predictions.js";

/** How well a class's probability ranks its images before the others; null where the measure is not defined. */
export interface Ranking {
  /** Area under the receiver operating characteristic; needs images of this and of another class. */
  rocAuc: number | null;
  /** Mean precision over the images of the class; needs one. */
  averagePrecision: number | null;
}

/** One-versus-rest ranking measures, one per class. `probabilities` is [n, classes], row-major. */
export function ranking(probabilities: ArrayLike<number>, labels: ArrayLike<number>): Ranking[] {
  const classes = checkProbabilities(probabilities, labels);
  return Array.from({length: classes}, (_, k) => {
    const steps = thresholds(
      labels.length,
      (i) => probabilities[i * classes + k],
      (i) => labels[i] === k
    );
    return {rocAuc: rocAuc(steps), averagePrecision: averagePrecision(steps)};
  });
}

/** Images with one score: how many belong to the class and how many do not. */
interface Step {
  positives: number;
  negatives: number;
}

/** Groups by score, highest first: equal scores cannot be told apart by any threshold. */
function thresholds(n: number, score: (i: number) => number, isPositive: (i: number) => boolean): Step[] {
  const groups = new Map<number, Step>();
  for (let i = 0; i < n; ++i) {
    const group = groups.get(score(i)) ?? {positives: 0, negatives: 0};
    group[isPositive(i) ? "positives" : "negatives"] += 1;
    groups.set(score(i), group);
  }
  return [...groups].sort(([a], [b]) => b - a).map(([, group]) => group);
}

const count = (steps: Step[], name: keyof Step) => steps.reduce((sum, step) => sum + step[name], 0);

/** The chance that a positive scores above a negative, ties counting half (Mann & Whitney 1947). */
function rocAuc(steps: Step[]): number | null {
  const pairs = count(steps, "positives") * count(steps, "negatives");
  let above = 0;
  let wins = 0;
  for (const {positives, negatives} of steps) {
    wins += negatives * (above + positives / 2);
    above += positives;
  }
  return pairs === 0 ? null : wins / pairs;
}

/** Sum over thresholds of precision times the recall gained there, without interpolation. */
function averagePrecision(steps: Step[]): number | null {
  const all = count(steps, "positives");
  let [found, shown, sum] = [0, 0, 0];
  for (const {positives, negatives} of steps) {
    found += positives;
    shown += positives + negatives;
    sum += (positives / all) * (found / shown);
  }
  return all === 0 ? null : sum;
}
