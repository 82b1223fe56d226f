import * as tf from "@tensorflow/tfjs";
import {step} from "../engine/graph/index.js";
import type {Mode} from "../models/layers.js";
import {inference} from "../models/layers.js";
import type {Network} from "../models/network.js";
import type {Adam} from "./adam.js";
import {adamInputs} from "./adam.js";
import type {Phase} from "./procedure.js";

/** The variables that a phase trains, in a fixed order. */
export function trainable(network: Network, {train}: Phase): tf.Variable[] {
  const variables = train === "head" ? network.head.variables : network.variables;
  return [...variables.values()].filter((variable) => variable.trainable);
}

/** Mean cross-entropy of logits [n, classes] against one-hot targets [n, classes]. */
export function crossEntropy(logits: tf.Tensor2D, targets: tf.Tensor2D): tf.Scalar {
  return tf.neg(tf.mean(tf.sum(tf.mul(targets, tf.logSoftmax(logits)), 1))) as tf.Scalar;
}

/** Loss of a batch and its gradients in the order of `variables`. A frozen body costs one forward pass without gradients. */
export function lossAndGradients(
  network: Network,
  {train}: Phase,
  variables: tf.Variable[],
  batch: {images: tf.Tensor4D; targets: tf.Tensor2D; mode: Mode}
): {loss: tf.Scalar; gradients: tf.Tensor[]} {
  const {images, targets, mode} = batch;
  const frozen = train === "head" ? tf.tidy(() => network.embed(network.features(images, inference))) : undefined;
  const {value, grads} = tf.variableGrads(() => {
    const logits = frozen ? network.classify(frozen, mode) : network.logits(images, mode);
    return crossEntropy(logits, targets);
  }, variables);
  frozen?.dispose();
  return {loss: value, gradients: variables.map(({name}) => grads[name])};
}

/**
 * One step of a phase on a batch of a fixed size: loss, gradients, moving averages of batch norms and the optimizer's update.
 * Takes images [n, size, size, 1], targets [n, classes], the seed of dropout and the optimizer's numbers; gives the loss.
 */
export function trainingStep(
  network: Network,
  phase: Phase,
  optimizer: Adam,
  {batchSize, size, classes}: {batchSize: number; size: number; classes: number}
) {
  const variables = trainable(network, phase);
  const inputs = {
    images: {shape: [batchSize, size, size, 1]},
    targets: {shape: [batchSize, classes]},
    seed: {shape: [], dtype: "int32" as const},
    ...adamInputs
  };
  return step(inputs, ({images, targets, seed, ...numbers}) => {
    const {loss, gradients} = lossAndGradients(network, phase, variables, {
      images: images as tf.Tensor4D,
      targets: targets as tf.Tensor2D,
      mode: {training: true, seed: seed as tf.Scalar}
    });
    optimizer.update(gradients, numbers);
    return {loss};
  });
}
