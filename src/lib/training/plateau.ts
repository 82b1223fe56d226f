export interface Plateau {
  /** What the rate is multiplied by. */
  factor: number;
  /** Epochs without a lower loss before it is. */
  patience: number;
  /** How much lower a loss must be to count. */
  minDelta?: number;
}

/**
 * Keras's `ReduceLROnPlateau` without its state: what the rates of the next epoch are multiplied by, after epochs with
 * these validation losses. An interrupted run needs nothing but its history to go on.
 */
export function plateauScale(losses: readonly number[], {factor, patience, minDelta = 1e-4}: Plateau): number {
  let [scale, best, waited] = [1, Infinity, 0];
  for (const loss of losses) {
    if (loss < best - minDelta) {
      best = loss;
      waited = 0;
    } else if (++waited === patience) {
      scale *= factor;
      waited = 0;
    }
  }
  return scale;
}
