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
    const steps = stepsOf(probabilities, labels, classes, k);
    return {rocAuc: rocAuc(steps), averagePrecision: averagePrecision(steps)};
  });
}

/** A threshold of a class's probability and what it gives: coordinates of the ROC and of the precision-recall curve. */
export interface CurvePoint {
  /** Images of at least this probability are taken for the class; infinite where none are. */
  threshold: number;
  /** Share of the class's images that are found: recall. */
  truePositiveRate: number;
  falsePositiveRate: number;
  /** Share of the found images that are of the class; 1 where none is found, as in scikit-learn. */
  precision: number;
}

/**
 * The one-versus-rest curves of every class, from the highest threshold to the lowest, one point for each distinct
 * probability and one before all; empty for a class without images or without others.
 */
export function rankingCurves(probabilities: ArrayLike<number>, labels: ArrayLike<number>): CurvePoint[][] {
  const classes = checkProbabilities(probabilities, labels);
  return Array.from({length: classes}, (_, k) => curve(stepsOf(probabilities, labels, classes, k)));
}

function curve(steps: Step[]): CurvePoint[] {
  const [positives, negatives] = [count(steps, "positives"), count(steps, "negatives")];
  if (positives === 0 || negatives === 0) return [];
  const points: CurvePoint[] = [{threshold: Infinity, truePositiveRate: 0, falsePositiveRate: 0, precision: 1}];
  let [found, wrong] = [0, 0];
  for (const step of steps) {
    found += step.positives;
    wrong += step.negatives;
    points.push({
      threshold: step.score,
      truePositiveRate: found / positives,
      falsePositiveRate: wrong / negatives,
      precision: found / (found + wrong)
    });
  }
  return points;
}

/** Images with one score: how many belong to the class and how many do not. */
interface Step {
  score: number;
  positives: number;
  negatives: number;
}

/** Images by the probability of class k, highest first: equal ones cannot be told apart by any threshold. */
function stepsOf(probabilities: ArrayLike<number>, labels: ArrayLike<number>, classes: number, k: number): Step[] {
  const steps = new Map<number, Step>();
  for (let i = 0; i < labels.length; ++i) {
    const score = probabilities[i * classes + k];
    const step = steps.get(score) ?? {score, positives: 0, negatives: 0};
    step[labels[i] === k ? "positives" : "negatives"] += 1;
    steps.set(score, step);
  }
  return [...steps.values()].sort((a, b) => b.score - a.score);
}

const count = (steps: Step[], name: "positives" | "negatives") => steps.reduce((sum, step) => sum + step[name], 0);

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
