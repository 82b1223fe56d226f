import * as tf from "@tensorflow/tfjs";
import {type Random, normal, stream} from "../measures/random.js";
import type {Fans, NamedWeights, Scheme} from "./architecture.js";
import type {Initialise} from "./layers.js";

const uniform = (limit: number) => (random: Random) => limit * (2 * random() - 1);
const gaussian =
  (deviation: number, mean = 0) =>
  (random: Random) =>
    mean + deviation * normal(random);

/** Glorot and Bengio (2010), uniform: the scheme of the Keras models. */
export const glorotUniform: Scheme = (fans) => uniform(Math.sqrt(6 / (fans.in + fans.out)));

/** He et al. (2015), uniform. */
export const heUniform: Scheme = (fans) => uniform(Math.sqrt(6 / fans.in));

/** He et al. (2015), equation 10: normal, keeps the variance of the activations. */
export const heNormal: Scheme = (fans) => gaussian(Math.sqrt(2 / fans.in));

/** He et al. (2015), equation 14: normal, keeps the variance of the gradients. */
export const heNormalFanOut: Scheme = (fans) => gaussian(Math.sqrt(2 / fans.out));

/**
 * Values for an untrained network: kernels by its paper's scheme; kernels of the study's head uniform as of He et al.
 * (2015), as in the 2020 study; batch norms the identity; biases zero. Every weight has its own stream, so that its
 * values do not depend on the order of the layers.
 */
export function randomly(seed: number, scheme: Scheme = glorotUniform): Initialise {
  return (name, shape) => {
    if (/\/(gamma|moving_variance)$/.test(name)) return tf.ones(shape);
    if (!/kernel$/.test(name)) return tf.zeros(shape);
    const draw = (name.startsWith("head_") ? heUniform : scheme)(fansOf(shape));
    return tf.tensor(filled(product(shape), stream(seed, name), draw), shape);
  };
}

/**
 * Weights without what was learned but its scale: every tensor i.i.d. normal with the mean and the deviation of the
 * pretrained one (Raghu et al., 2019, arXiv:1902.07208, "mean var init"). A batch norm's variance must be positive, and
 * is log-normal with that mean and deviation.
 */
export function meanVariance(pretrained: NamedWeights, seed: number): NamedWeights {
  const redrawn = [...pretrained].map(([name, {shape, data}]) => {
    const {mean, deviation} = moments(data);
    const draw = name.endsWith("/moving_variance") ? logNormal(mean, deviation) : gaussian(deviation, mean);
    return [name, {shape, data: filled(data.length, stream(seed, `mean-var/${name}`), draw)}] as const;
  });
  return new Map(redrawn);
}

/**
 * Log-normal numbers of a mean and a deviation; the mean of numbers that are nowhere below zero is above it, or all are
 * zero.
 */
function logNormal(mean: number, deviation: number): (random: Random) => number {
  if (deviation === 0) return () => mean;
  const variance = Math.log(1 + (deviation / mean) ** 2);
  return (random) => Math.exp(Math.log(mean) - variance / 2 + Math.sqrt(variance) * normal(random));
}

function moments(data: Float32Array): {mean: number; deviation: number} {
  const mean = data.reduce((a, b) => a + b, 0) / data.length;
  const variance = data.reduce((sum, value) => sum + (value - mean) ** 2, 0) / data.length;
  return {mean, deviation: Math.sqrt(variance)};
}

function filled(count: number, random: Random, draw: (random: Random) => number): Float32Array {
  const values = new Float32Array(count);
  for (let i = 0; i < count; ++i) values[i] = draw(random);
  return values;
}

const product = (shape: number[]) => shape.reduce((a, b) => a * b, 1);

function fansOf(shape: number[]): Fans {
  const receptive = product(shape.slice(0, -2));
  return {in: receptive * shape[shape.length - 2], out: receptive * shape[shape.length - 1]};
}
