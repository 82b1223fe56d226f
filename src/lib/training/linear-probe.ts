import * as tf from "@tensorflow/tfjs";
import {Adam} from "./adam.js";
import {oneCycle} from "./one-cycle.js";
import {lossOf} from "./loss.js";

/** Features, row-major [n, columns], and one label per row. */
export interface Samples {
  features: Float32Array;
  labels: Int32Array;
}

export interface ProbeOptions {
  columns: number;
  classes: number;
  /** Weight of the squared norm of the coefficients. */
  l2: number;
  steps?: number;
}

/**
 * A linear probe (Alain and Bengio, 2016): multinomial logistic regression on features that are standardised with the
 * training samples' mean and deviation. Full-batch Adam on a convex problem, started at zero, so that no chance is in
 * it.
 * @returns class probabilities of every set, row-major [n, classes]
 */
export async function linearProbe(
  train: Samples,
  sets: readonly Float32Array[],
  options: ProbeOptions
): Promise<Float32Array[]> {
  const {columns, classes, l2, steps = 200} = options;
  const matrix = (features: Float32Array) => tf.tensor2d(features, [features.length / columns, columns]);
  const {mean, deviation} = tf.tidy(() => {
    const {mean, variance} = tf.moments(matrix(train.features), 0);
    return {mean, deviation: tf.sqrt(tf.add(variance, 1e-6))};
  });
  const standardised = (features: Float32Array) =>
    tf.tidy(() => tf.div(tf.sub(matrix(features), mean), deviation) as tf.Tensor2D);
  const x = standardised(train.features);
  const y = tf.tidy(() => tf.oneHot(tf.tensor1d(train.labels, "int32"), classes).toFloat() as tf.Tensor2D);
  const [kernel, bias] = [[columns, classes], [classes]].map((shape) => tf.tidy(() => tf.variable(tf.zeros(shape))));
  const logits = (features: tf.Tensor2D) =>
    tf.add(tf.matMul(features, kernel as tf.Variable<tf.Rank.R2>), bias) as tf.Tensor2D;
  const optimizer = new Adam([{variables: [kernel, bias], share: 1}]);
  const schedule = oneCycle({maxRate: 0.01, steps});
  for (let step = 0; step < steps; ++step) {
    const {value, grads} = tf.variableGrads(
      () => tf.add(lossOf(logits(x), y), tf.mul(tf.sum(tf.square(kernel)), l2 / 2)) as tf.Scalar,
      [kernel, bias]
    );
    optimizer.apply([grads[kernel.name], grads[bias.name]], schedule(step));
    tf.dispose([value, grads]);
  }
  const probabilities = sets.map((features) => tf.tidy(() => tf.softmax(logits(standardised(features)))));
  const values = await Promise.all(probabilities.map((tensor) => tensor.data() as Promise<Float32Array>));
  tf.dispose([...probabilities, x, y, mean, deviation, kernel, bias]);
  optimizer.dispose();
  return values;
}
