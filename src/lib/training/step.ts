import * as tf from "@tensorflow/tfjs";
import {step} from "../engine/graph/index.js";
import {inference, type Mode} from "../models/layers.js";
import type {Network} from "../models/network.js";
import type {Adam} from "./adam.js";
import {adamInputs} from "./adam.js";
import {averageInputs, type WeightAverage} from "./average.js";

/** Loss of logits [n, classes] against shares of classes [n, classes]. */
export type Loss = (logits: tf.Tensor2D, targets: tf.Tensor2D) => tf.Scalar;

/** What a step computes, and on how much. */
export interface StepOptions {
  network: Network;
  optimizer: Adam;
  /** Takes in the weights after every step, where one is kept. */
  average?: WeightAverage;
  loss: Loss;
  /** Layers whose batch norms keep their statistics. */
  frozen: ReadonlySet<string>;
  batchSize: number;
  size: number;
  classes: number;
  /** How many features an image has, where the batches hold a frozen body's features in place of images. */
  features?: number;
}

/**
 * Whether no gradient goes below the head and nothing there changes: the body then costs a forward pass and no memory.
 */
const onlyHead = ({network, optimizer}: StepOptions) => {
  const head = new Set(network.head.variables.values());
  return optimizer.variables.every((variable) => head.has(variable));
};

const batchInputs = ({batchSize, size, classes, features}: StepOptions) => ({
  images: {shape: features ? [batchSize, features] : [batchSize, size, size, 1]},
  targets: {shape: [batchSize, classes]},
  seed: {shape: [], dtype: "int32" as const}
});

/** What changes from step to step. */
const updateInputs = ({average}: StepOptions) =>
  (average ? {...adamInputs, ...averageInputs} : adamInputs) as typeof adamInputs;

type Numbers = Record<keyof typeof adamInputs, tf.Tensor>;

/** Updates weights and averages; gives the norm of the gradient. */
function update({optimizer, average}: StepOptions, gradients: readonly tf.Tensor[], numbers: Numbers): tf.Scalar {
  const norm = optimizer.update(gradients, numbers);
  average?.update(numbers as Numbers & Record<keyof typeof averageInputs, tf.Tensor>);
  return norm;
}

type Batch = Record<keyof ReturnType<typeof batchInputs>, tf.Tensor>;

/** Loss of a batch and its gradients in the order of the optimizer's variables. */
export function lossAndGradients(options: StepOptions, {images, targets, seed}: Batch) {
  const {network, optimizer, loss, frozen} = options;
  const variables = [...optimizer.variables];
  const mode: Mode = {training: true, seed: seed as tf.Scalar, frozen};
  const body = (mode: Mode) =>
    options.features ? (images as tf.Tensor2D) : network.embed(network.features(images as tf.Tensor4D, mode));
  const fixed = onlyHead(options) && !options.features ? tf.tidy(() => body(inference)) : undefined;
  const {value, grads} = tf.variableGrads(
    () => loss(network.classify(fixed ?? body(mode), mode), targets as tf.Tensor2D),
    variables
  );
  fixed?.dispose();
  return {loss: value, gradients: variables.map(({name}) => grads[name])};
}

/**
 * One step on a batch of a fixed size: loss, gradients, moving averages of batch norms and the optimizer's update.
 * Takes images [n, size, size, 1] (or features), targets [n, classes], the seed of dropout and the optimizer's numbers;
 * gives the loss and the norm of the gradient.
 */
export function trainingStep(options: StepOptions) {
  const {optimizer} = options;
  return step({...batchInputs(options), ...updateInputs(options)}, ({images, targets, seed, ...numbers}) => {
    const {loss, gradients} = lossAndGradients(options, {images, targets, seed});
    return {loss, gradientNorm: update(options, optimizer.flatten(gradients), numbers)};
  });
}

/**
 * The same in several goes, for batches whose activations do not fit into memory at once: `accumulate` adds the
 * gradients of a part of the batch, `apply` updates with their mean and forgets them. Batch norms see the parts, not
 * the batch.
 * @param options with the size of a part
 */
export function accumulatingSteps(options: StepOptions, parts: number, sums: readonly tf.Variable[]) {
  const {optimizer} = options;
  return {
    accumulate: step(batchInputs(options), (batch) => {
      const {loss, gradients} = lossAndGradients(options, batch);
      optimizer.flatten(gradients).forEach((gradient, i) => sums[i].assign(tf.add(sums[i], tf.div(gradient, parts))));
      return {loss};
    }),
    apply: step(updateInputs(options), (numbers) => {
      const gradientNorm = update(options, [...sums], numbers);
      sums.forEach((sum) => sum.assign(tf.zerosLike(sum)));
      return {gradientNorm};
    })
  };
}
