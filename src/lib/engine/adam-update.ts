/** The arithmetic of an optimizer's step as a kernel, where a backend has one; elsewhere it is composed. */
import * as tf from "@tensorflow/tfjs";

/** Flat vectors of all variables' values, one after the other, of their gradients and of both moments. */
interface AdamVectors {
  values: tf.Tensor;
  gradient: tf.Tensor;
  m: tf.Tensor;
  v: tf.Tensor;
}

/** What changes from step to step, as scalars; `rate` and `decay` may also be vectors, a number for each value. */
export interface AdamNumbers {
  /** m' = keep m + add gradient. */
  keep: tf.Tensor;
  add: tf.Tensor;
  /** values' = decay values - rate m' / (sqrt(v' / correction) + epsilon). */
  rate: tf.Tensor;
  correction: tf.Tensor;
  decay: tf.Tensor;
}

export interface AdamConstants {
  /** v' = beta2 v + (1 - beta2) gradient^2. */
  beta2: number;
  epsilon: number;
}

export const adamKernel = "AdamUpdate";

/** One step of Adam with decoupled weight decay. Intermediate tensors are left to the caller's `tf.tidy`. */
export function adamUpdate(
  vectors: AdamVectors,
  numbers: AdamNumbers,
  constants: AdamConstants
): Omit<AdamVectors, "gradient"> {
  const [values, m, v] = tf.getKernel(adamKernel, tf.getBackend())
    ? (tf.engine().runKernel(adamKernel, {...vectors, ...numbers}, {...constants}) as unknown as tf.Tensor[])
    : composed(vectors, numbers, constants);
  return {values, m, v};
}

function composed(
  {values, gradient, m, v}: AdamVectors,
  {keep, add, rate, correction, decay}: AdamNumbers,
  {beta2, epsilon}: AdamConstants
): tf.Tensor[] {
  const nextM = tf.add(tf.mul(m, keep), tf.mul(gradient, add));
  const nextV = tf.add(tf.mul(v, beta2), tf.mul(tf.square(gradient), 1 - beta2));
  const change = tf.div(tf.mul(nextM, rate), tf.add(tf.sqrt(tf.div(nextV, correction)), epsilon));
  return [tf.sub(tf.mul(values, decay), change), nextM, nextV];
}
