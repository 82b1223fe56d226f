import * as tf from "@tensorflow/tfjs";
import {UserError} from "../support/errors.js";

/** How a loss treats targets and hard or rare examples; what is absent leaves the plain mean cross-entropy. */
export interface LossOptions {
  /** Share of every target that is spread evenly over all classes (Szegedy et al., 2016, section 7). */
  labelSmoothing?: number;
  /**
   * The exponent gamma of the focal loss (Lin et al., 2017, arXiv:1708.02002): well-told examples count less. 0 is off.
   */
  focal?: number;
  /** A weight for every class. */
  weights?: readonly number[];
}

/** Keeps the slope of (1 - p)^gamma finite where a probability rounds to 1. */
const smallest = 1e-7;

/**
 * Cross-entropy of logits [n, classes] against shares [n, classes] that sum to 1, in nats: one-hot targets, or mixup's.
 * With one-hot targets it is PyTorch's `cross_entropy`: smoothing is `(1 - e) nll + e mean over classes`, and with
 * class weights the mean is weighted, by the weights of the targets before they are smoothed.
 */
export function lossOf(
  logits: tf.Tensor2D,
  targets: tf.Tensor2D,
  {labelSmoothing = 0, focal = 0, weights}: LossOptions = {}
): tf.Scalar {
  const [count, classes] = logits.shape;
  const logs = tf.logSoftmax(logits);
  const terms = focal ? tf.mul(logs, tf.pow(tf.maximum(tf.sub(1, tf.exp(logs)), smallest), focal)) : logs;
  const shares = labelSmoothing
    ? tf.add(tf.mul(targets, 1 - labelSmoothing), labelSmoothing / classes)
    : (targets as tf.Tensor);
  const byClass = weights && tf.tensor1d([...weights]);
  const total = byClass ? tf.sum(tf.mul(targets, byClass)) : count;
  return tf.neg(tf.div(tf.sum(tf.mul(byClass ? tf.mul(shares, byClass) : shares, terms)), total)) as tf.Scalar;
}

/**
 * A weight for every class that makes all classes count alike: n / (classes * images of the class), scikit-learn's
 * "balanced" (King and Zeng, 2001).
 * @throws UserError where a class has no image
 */
export function balancedWeights(labels: ArrayLike<number>, classes: number): number[] {
  const counts = new Array<number>(classes).fill(0);
  for (let i = 0; i < labels.length; ++i) counts[labels[i]] += 1;
  const empty = counts.indexOf(0);
  if (empty < 0) return counts.map((count) => labels.length / (classes * count));
  throw new UserError(`Class ${empty} has no training image, so that no weight balances it.`, {
    hint: "Train without class weights, or use a larger share of the training images."
  });
}
