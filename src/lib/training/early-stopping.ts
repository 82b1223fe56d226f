export interface EarlyStopping {
  /** Epochs without a lower loss after which training ends. */
  patience: number;
  /** How much lower a loss must be to count. */
  minDelta?: number;
}

/**
 * Keras's `EarlyStopping` without its state: whether training ends after epochs with these losses, or with scores that
 * should rise and are given negated.
 */
export function stopsEarly(losses: readonly number[], {patience, minDelta = 0}: EarlyStopping): boolean {
  let [best, waited] = [Infinity, 0];
  for (const loss of losses) {
    if (loss < best - minDelta) [best, waited] = [loss, 0];
    else waited += 1;
  }
  return waited >= patience;
}
