/**
 * Random numbers as a kernel that takes its seed as a tensor, so that a compiled step draws anew every time it runs.
 */
import * as tf from "@tensorflow/tfjs";
import {fnv1a32, stream} from "../measures/random.js";
import {runTensorflow} from "./tensorflow-operation.js";

interface Attributes {
  shape: number[];
  purpose: string;
}

/** 32 bits; a compiled step must be given them as a tensor (int32) among its inputs. */
export type Seed = number | tf.Scalar;

export const uniformKernel = "SeededUniform";

/**
 * Inverted dropout (Srivastava et al., 2014): zeroes elements with probability `rate` and scales the others by
 * 1 / (1 - rate). The mask follows from the seed and the purpose; it is the same for the same backend only.
 * @param seed another for every step
 * @param purpose a name, such as the layer's, for masks that are independent under one seed
 */
export function dropout<T extends tf.Tensor>(x: T, rate: number, seed: Seed, purpose: string): T {
  return tf.tidy(() => {
    const mask = tf.greaterEqual(uniform(x.shape, seed, purpose), rate);
    return tf.mul(x, tf.div(tf.cast(mask, "float32"), 1 - rate)) as T;
  });
}

/** Uniform numbers in [0, 1) that follow from a seed and from the purpose that they are for. */
export function uniform(shape: number[], seed: Seed, purpose: string): tf.Tensor {
  const scalar = typeof seed === "number" ? tf.scalar(seed | 0, "int32") : seed;
  return tf.engine().runKernel(uniformKernel, {seed: scalar}, {shape, purpose}) as tf.Tensor;
}

/** Philox (Salmon et al., 2011), keyed by seed and purpose. */
function native(seed: tf.Tensor, {shape, purpose}: Attributes): tf.Tensor {
  const key = tf.stack([seed, tf.scalar(fnv1a32(purpose) | 0, "int32")]);
  const inputs = [tf.tensor1d(shape, "int32"), key];
  return runTensorflow("StatelessRandomUniform", inputs, {T: "int32", Tseed: "int32", dtype: "float32"})[0];
}

function composed(seed: tf.Tensor, {shape, purpose}: Attributes): tf.Tensor {
  const random = stream(seed.dataSync()[0], purpose);
  return tf.tensor(Float32Array.from({length: tf.util.sizeFromShape(shape)}, random), shape);
}

// `webgpu` has a kernel of its own: reading the seed back is no option there.
for (const backendName of ["tensorflow", "wasm", "cpu"]) {
  const draw = backendName === "tensorflow" ? native : composed;
  tf.registerKernel({
    kernelName: uniformKernel,
    backendName,
    kernelFunc: ({inputs, attrs}) => tf.tidy(() => draw(inputs.seed as tf.Tensor, attrs as unknown as Attributes))
  });
}
