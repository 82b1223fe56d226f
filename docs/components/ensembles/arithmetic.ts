import type {Estimate} from "../../../src/lib/measures/interval.js";
import type {EnsemblesArtifact} from "../../../src/report/ensembles/artifact.js";
import type {Metric} from "../claims/headline.js";

/** Probabilities as the loader packs them, row-major [images, classes]. */
export const unpack = (base64: string): Float32Array =>
  new Float32Array(Uint8Array.from(atob(base64), (byte) => byte.charCodeAt(0)).buffer);

/**
 * Images, as their places in the labels, by true class and by the class with the largest weighted mean of
 * probabilities.
 */
export function mixed(members: readonly Float32Array[], weights: readonly number[], labels: readonly number[]) {
  const classes = members[0].length / labels.length;
  const cells = Array.from({length: classes}, () => Array.from({length: classes}, (): number[] => []));
  labels.forEach((label, i) => {
    const sums = cells.map((_, k) => members.reduce((sum, p, m) => sum + weights[m] * p[i * classes + k], 0));
    cells[label][sums.indexOf(Math.max(...sums))].push(i);
  });
  return cells;
}

/**
 * Accuracy, macro and weighted F1 of a confusion matrix; the macro F1 is the mean of the classes that are true or
 * predicted.
 */
export function scoresOf(confusion: readonly (readonly number[])[]): Record<Metric, number> {
  let [total, correct, sum, occurring, weightedF1] = [0, 0, 0, 0, 0];
  confusion.forEach((row, k) => {
    const support = row.reduce((a, b) => a + b);
    const predicted = confusion.reduce((sum, other) => sum + other[k], 0);
    const f1 = support + predicted ? (2 * row[k]) / (support + predicted) : 0;
    total += support;
    correct += row[k];
    sum += f1;
    occurring += support + predicted ? 1 : 0;
    weightedF1 += f1 * support;
  });
  return {accuracy: correct / total, macroF1: sum / occurring, weightedF1: weightedF1 / total};
}

/** The same generator as the study's: mulberry32. */
function generator(state: number): () => number {
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), state | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}

/**
 * Scores with 95% intervals of the percentile bootstrap, stratified by true class: the study's, with fewer resamples.
 */
export function estimatesOf(
  confusion: readonly (readonly number[])[],
  {randomState, resamples = 1000}: Pick<EnsemblesArtifact, "randomState"> & {resamples?: number}
): Record<Metric, Estimate> {
  const random = generator(randomState);
  const images = confusion.map((row) => row.flatMap((n, k) => new Array<number>(n).fill(k)));
  const drawn = Array.from({length: resamples}, () =>
    scoresOf(
      images.map((of) => {
        const counts = confusion.map(() => 0);
        for (let i = 0; i < of.length; ++i) counts[of[Math.floor(random() * of.length)]] += 1;
        return counts;
      })
    )
  );
  const values = Object.entries(scoresOf(confusion)) as [Metric, number][];
  return Object.fromEntries(
    values.map(([name, value]) => {
      const sorted = drawn.map((scores) => scores[name]).sort((a, b) => a - b);
      return [name, {value, low: quantile(sorted, 0.025), high: quantile(sorted, 0.975)}];
    })
  ) as Record<Metric, Estimate>;
}

function quantile(sorted: number[], p: number): number {
  const at = p * (sorted.length - 1);
  const [below, above] = [Math.floor(at), Math.min(Math.floor(at) + 1, sorted.length - 1)];
  return sorted[below] + (at - below) * (sorted[above] - sorted[below]);
}
