import * as tf from "@tensorflow/tfjs";
import {stream} from "../support/random.js";
import type {Initialise} from "./layers.js";

/**
 * Values for an untrained network: kernels uniform as of Glorot and Bengio (2010), which is the scheme of the Keras models;
 * kernels of the head uniform as of He et al. (2015), as in the 2020 study; batch norms the identity; biases zero.
 * Every weight has its own stream, so that its values do not depend on the order of the layers.
 */
export function randomly(seed: number): Initialise {
  return (name, shape) => {
    if (/\/(gamma|moving_variance)$/.test(name)) return tf.ones(shape);
    if (!/kernel$/.test(name)) return tf.zeros(shape);
    const limit = name.startsWith("head_")
      ? Math.sqrt(6 / fanIn(shape))
      : Math.sqrt(6 / (fanIn(shape) + fanOut(shape)));
    const random = stream(seed, name);
    return tf.tensor(
      Float32Array.from({length: shape.reduce((a, b) => a * b, 1)}, () => limit * (2 * random() - 1)),
      shape
    );
  };
}

const receptive = (shape: number[]) => shape.slice(0, -2).reduce((a, b) => a * b, 1);
const fanIn = (shape: number[]) => receptive(shape) * shape[shape.length - 2];
const fanOut = (shape: number[]) => receptive(shape) * shape[shape.length - 1];
