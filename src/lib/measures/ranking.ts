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

/** What a threshold gives, as coordinates of the receiver operating characteristic. */
export interface RocPoint {
  /** Share of the others that are taken for the class. */
  falsePositiveRate: number;
  /** Share of the class's images that are found. */
  truePositiveRate: number;
}

/** The same as coordinates of the precision-recall curve. */
export interface PrecisionPoint {
  recall: number;
  /** Share of the found images that are of the class. */
  precision: number;
}

/** The one-versus-rest curves of a class; both empty for a class without images or without others. */
export interface RankingCurves {
  /** Corners, from the highest threshold to the lowest: straight in between. */
  roc: RocPoint[];
  /**
   * Steps in ascending recall, the first at recall 0: a point's precision holds from the recall of the one before to
   * its own. Nothing else can be had there, and the straight lines of the other curve do not carry over (Davis &
   * Goadrich 2006): the area below the steps is the average precision.
   */
  precisionRecall: PrecisionPoint[];
}

/** The one-versus-rest curves of every class. `probabilities` is [n, classes], row-major. */
export function rankingCurves(probabilities: ArrayLike<number>, labels: ArrayLike<number>): RankingCurves[] {
  const classes = checkProbabilities(probabilities, labels);
  return Array.from({length: classes}, (_, k) => {
    const steps = stepsOf(probabilities, labels, classes, k);
    const [positives, negatives] = [count(steps, "positives"), count(steps, "negatives")];
    if (positives === 0 || negatives === 0) return {roc: [], precisionRecall: []};
    return {roc: rocCurve(steps, positives, negatives), precisionRecall: precisionCurve(steps, positives)};
  });
}

function rocCurve(steps: Step[], positives: number, negatives: number): RocPoint[] {
  const points: RocPoint[] = [{falsePositiveRate: 0, truePositiveRate: 0}];
  let [found, wrong] = [0, 0];
  for (const step of steps) {
    found += step.positives;
    wrong += step.negatives;
    points.push({falsePositiveRate: wrong / negatives, truePositiveRate: found / positives});
  }
  return points.filter((point, i) => isCorner(point, points[i - 1], points[i + 1]));
}

/** Whether a curve turns at a point, or ends there. */
function isCorner(point: RocPoint, before?: RocPoint, after?: RocPoint): boolean {
  if (!before || !after) return true;
  const turn =
    (point.falsePositiveRate - before.falsePositiveRate) * (after.truePositiveRate - point.truePositiveRate) -
    (after.falsePositiveRate - point.falsePositiveRate) * (point.truePositiveRate - before.truePositiveRate);
  return Math.abs(turn) > 1e-12;
}

/** A step for every threshold at which more of the class are found; of neighbours of one precision the last. */
function precisionCurve(steps: Step[], positives: number): PrecisionPoint[] {
  const points: PrecisionPoint[] = [];
  let [found, shown] = [0, 0];
  for (const step of steps) {
    found += step.positives;
    shown += step.positives + step.negatives;
    const precision = found / shown;
    if (step.positives === 0) continue;
    if (points.at(-1)?.precision === precision) points.pop();
    points.push({recall: found / positives, precision});
  }
  return [{recall: 0, precision: points[0].precision}, ...points];
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
