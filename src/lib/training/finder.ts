/** The range of a learning-rate finder: `steps` rates that grow by one factor from `low` towards `high`. */
export interface FinderRange {
  low?: number;
  high?: number;
  steps: number;
}

/** What a learning-rate finder saw, one entry a step. */
export interface FinderCurve {
  rates: number[];
  /** Training loss of each batch, measured before its update. */
  losses: number[];
  /** Exponential average of the losses, debiased. */
  smoothed: number[];
  /** The rate at which the smoothed loss falls fastest; null where there are too few steps to tell. */
  suggestion: number | null;
  /** Counts from 0: the step whose loss ended the search early, because it diverged; null where it did not. */
  stoppedAt: number | null;
}

/**
 * Share of the old average in the smoothed loss, and how often the best smoothed loss is too much: fastai v1's values.
 */
const [beta, tolerance] = [0.98, 4];

/** Steps at both ends that no suggestion comes from: the average has hardly begun, and the loss has left for good. */
const [skipStart, skipEnd] = [10, 5];

/** The rates of a search, as fastai v1 takes them: step i of n has `low (high / low)^(i / n)`. */
export const finderRates = ({low = 1e-7, high = 10, steps}: FinderRange): number[] =>
  Array.from({length: steps}, (_, i) => low * (high / low) ** (i / steps));

/**
 * The learning-rate range test (Smith, 2017, arXiv:1506.01186) as fastai v1 does it (`LRFinder`, `Recorder.plot`): the
 * rate grows exponentially from step to step until the smoothed loss is above four times its lowest, or is not finite.
 * @param loss trains one step at a rate and gives the loss of its batch; a loss that is not finite is not kept
 */
export async function findRate(
  range: FinderRange,
  loss: (rate: number, step: number) => Promise<number>
): Promise<FinderCurve> {
  const curve: FinderCurve = {rates: [], losses: [], smoothed: [], suggestion: null, stoppedAt: null};
  let [average, best] = [0, Infinity];
  for (const [step, rate] of finderRates(range).entries()) {
    const value = await loss(rate, step);
    average = beta * average + (1 - beta) * value;
    const smooth = average / (1 - beta ** (step + 1));
    best = Math.min(best, smooth);
    if (Number.isFinite(smooth)) {
      curve.rates.push(rate);
      curve.losses.push(value);
      curve.smoothed.push(smooth);
    }
    // Also where it is not a number.
    if (!(smooth <= tolerance * best)) {
      curve.stoppedAt = step;
      break;
    }
  }
  return {...curve, suggestion: suggestedRate(curve)};
}

/**
 * The rate of the steepest descent of the smoothed loss over the steps, by central differences (one-sided at the ends).
 */
function suggestedRate({rates, smoothed}: Pick<FinderCurve, "rates" | "smoothed">): number | null {
  const losses = smoothed.slice(skipStart, -skipEnd);
  if (losses.length < 2) return null;
  const slopes = losses.map((_, i) => {
    const [before, after] = [Math.max(i - 1, 0), Math.min(i + 1, losses.length - 1)];
    return (losses[after] - losses[before]) / (after - before);
  });
  return rates[skipStart + slopes.indexOf(Math.min(...slopes))];
}
