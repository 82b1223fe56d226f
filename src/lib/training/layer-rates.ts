/**
 * A peak rate for all groups of layers, or for the last group (`high`) and what the others get: a tenth of it, or from
 * `low` for the first group upwards. fastai v1's number, `slice(high)` and `slice(low, high)`.
 */
export type PeakRate = number | {low?: number; high: number};

/** Discriminative rates (Howard and Ruder, 2018), one for each group from the input upwards: fastai v1's `lr_range`. */
export function layerRates(rate: PeakRate, groups: number): number[] {
  if (typeof rate === "number") return new Array<number>(groups).fill(rate);
  const {low, high} = rate;
  return Array.from({length: groups}, (_, i) => {
    if (i === groups - 1) return high;
    return low === undefined ? high / 10 : low * (high / low) ** (i / (groups - 1));
  });
}
