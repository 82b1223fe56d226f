/**
 * Negative log-likelihoods of probabilities, row-major [n, classes], in nats; they are taken to be at least 2^-52, as
 * scikit-learn does.
 */
export const logLosses = (probabilities: ArrayLike<number>, labels: ArrayLike<number>, classes: number): Float64Array =>
  Float64Array.from(labels, (label, i) => -Math.log(Math.max(probabilities[i * classes + label], Number.EPSILON)));

/** The mean of `logLosses`. */
export const logLoss = (probabilities: ArrayLike<number>, labels: ArrayLike<number>, classes: number): number =>
  logLosses(probabilities, labels, classes).reduce((sum, loss) => sum + loss, 0) / labels.length;
