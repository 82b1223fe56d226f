/** Mean cross-entropy of probabilities, row-major [n, classes], in nats. A probability of zero counts as 1e-15. */
export function logLoss(probabilities: Float32Array, labels: Int32Array, classes: number): number {
  const losses = Array.from(labels, (label, i) => -Math.log(Math.max(probabilities[i * classes + label], 1e-15)));
  return losses.reduce((a, b) => a + b, 0) / losses.length;
}
