/**
 * Operations that stock TensorFlow.js composes of many elementwise ones, as kernels of their own. On `tensorflow` a
 * kernel is TensorFlow's operation of the same name, on `webgpu` one in WGSL (`webgpu/`); elsewhere it is composed of
 * what the backend has. Importing this module registers them, and with them the gradients of every `tf.relu`,
 * `tf.relu6` and `tf.batchNorm`.
 */
import * as tf from "@tensorflow/tfjs";
import type {Attributes} from "./tensorflow-operation.js";
import {runTensorflow} from "./tensorflow-operation.js";

type Inputs = Record<string, tf.Tensor>;

/** Batch statistics and what they normalise. */
export interface BatchNorm<T extends tf.Tensor = tf.Tensor> {
  y: T;
  /** Mean over the batch, per channel. */
  mean: tf.Tensor1D;
  /** Biased variance over the batch (divided by n, not by n - 1), per channel. */
  variance: tf.Tensor1D;
}

/**
 * Batch normalisation by the batch's own statistics over all axes but the last (Ioffe and Szegedy, 2015). Gradients
 * flow through `y` to `x`, `gamma` and `beta`; `mean` and `variance` are for moving averages and carry none.
 */
export function batchNormTrain<T extends tf.Tensor>(
  x: T,
  gamma: tf.Tensor1D,
  beta: tf.Tensor1D,
  epsilon: number
): BatchNorm<T> {
  const inputs = {x: as4D(x), scale: gamma, offset: beta};
  const outputs = tf.engine().runKernel("FusedBatchNormV3", inputs, {epsilon}) as unknown as tf.Tensor[];
  const [y, mean, variance] = outputs;
  return {y: tf.reshape(y, x.shape) as T, mean: mean as tf.Tensor1D, variance: variance as tf.Tensor1D};
}

/** Batch normalisation by given statistics, per channel of the last axis. Differentiable in all tensors. */
export function batchNormInfer<T extends tf.Tensor>(
  x: T,
  mean: tf.Tensor1D,
  variance: tf.Tensor1D,
  gamma: tf.Tensor1D,
  beta: tf.Tensor1D,
  epsilon: number
): T {
  return tf.reshape(tf.batchNorm(as4D(x), mean, variance, beta, gamma, epsilon), x.shape) as T;
}

const as4D = (x: tf.Tensor): tf.Tensor4D =>
  x.rank === 4 ? (x as tf.Tensor4D) : tf.reshape(x, [-1, 1, 1, x.shape[x.rank - 1]]);

/** Sums over all axes but the last, as a product of matrices: reductions of outer axes are slow on `wasm`. */
function channelSums(x: tf.Tensor): tf.Tensor1D {
  const channels = x.shape[x.rank - 1];
  const rows = tf.reshape(x, [-1, channels]) as tf.Tensor2D;
  return tf.reshape(tf.matMul(tf.ones([1, rows.shape[0]]) as tf.Tensor2D, rows), [channels]);
}

/** How many values a channel has. */
const rowCount = (x: tf.Tensor) => x.size / x.shape[x.rank - 1];

const channelMeans = (x: tf.Tensor) => tf.div(channelSums(x), rowCount(x)) as tf.Tensor1D;

interface Kernel {
  name: string;
  composed(inputs: Inputs, epsilon: number): tf.Tensor | tf.Tensor[];
  native(inputs: Inputs, epsilon: number): tf.Tensor | tf.Tensor[];
}

const batchNormAttributes = (epsilon: number): Attributes => ({
  T: "float32",
  U: "float32",
  epsilon,
  data_format: "NHWC",
  is_training: true
});

const kernels: Kernel[] = [
  {
    // Outputs y, mean, biased variance, and on `tensorflow` three more that its gradient needs.
    name: "FusedBatchNormV3",
    composed({x, scale, offset}, epsilon) {
      const mean = channelMeans(x);
      const variance = channelMeans(tf.square(tf.sub(x, mean)));
      return [
        tf.batchNorm4d(x as tf.Tensor4D, mean, variance, offset as tf.Tensor1D, scale as tf.Tensor1D, epsilon),
        mean,
        variance
      ];
    },
    native({x, scale, offset}, epsilon) {
      const none = tf.tensor1d([]);
      const attributes = {...batchNormAttributes(epsilon), exponential_avg_factor: 1};
      const [y, mean, unbiased, ...reserved] = runTensorflow(
        "FusedBatchNormV3",
        [x, scale, offset, none, none],
        attributes,
        6
      );
      // TensorFlow returns the variance divided by n - 1, for moving averages.
      const count = rowCount(x);
      return [y, mean, tf.mul(unbiased, (count - 1) / count), ...reserved];
    }
  },
  {
    name: "FusedBatchNormGradV3",
    composed({dy, x, scale, mean, variance}, epsilon) {
      const inverse = tf.rsqrt(tf.add(variance, epsilon));
      const normalised = tf.mul(tf.sub(x, mean), inverse);
      const dScale = channelSums(tf.mul(dy, normalised));
      const dOffset = channelSums(dy);
      const count = rowCount(x);
      const centred = tf.sub(tf.sub(dy, tf.div(dOffset, count)), tf.mul(normalised, tf.div(dScale, count)));
      return [tf.mul(centred, tf.mul(scale, inverse)), dScale, dOffset];
    },
    native({dy, x, scale, reserved1, reserved2, reserved3}, epsilon) {
      const inputs = [dy, x, scale, reserved1, reserved2, reserved3];
      return runTensorflow("FusedBatchNormGradV3", inputs, batchNormAttributes(epsilon), 5).slice(0, 3);
    }
  },
  {
    // The output tells as much as the input and is kept for the next operation anyway.
    name: "ReluGrad",
    composed: ({dy, y}) => tf.mul(dy, tf.step(y)),
    native: ({dy, y}) => runTensorflow("ReluGrad", [dy, y], {T: "float32"})[0]
  },
  {
    name: "Relu6Grad",
    composed: ({dy, y}) => tf.mul(dy, tf.mul(tf.step(y), tf.step(tf.sub(6, y)))),
    native: ({dy, y}) => runTensorflow("Relu6Grad", [dy, y], {T: "float32"})[0]
  }
];

function registerKernels() {
  for (const {name, composed, native} of kernels) {
    for (const backendName of ["tensorflow", "wasm", "cpu"]) {
      const compute = backendName === "tensorflow" ? native : composed;
      tf.registerKernel({
        kernelName: name,
        backendName,
        kernelFunc: ({inputs, attrs}) =>
          tf.tidy(() => compute(inputs as Inputs, (attrs as {epsilon?: number} | undefined)?.epsilon ?? 0))
      });
    }
  }
}

const runKernel = (name: string, inputs: Inputs, attributes?: tf.NamedAttrMap) =>
  tf.engine().runKernel(name, inputs, attributes) as unknown;

function registerGradients() {
  tf.registerGradient({
    kernelName: "FusedBatchNormV3",
    inputsToSave: ["x", "scale"],
    outputsToSave: [false, true, true, true, true, true],
    gradFunc: (dys, [x, scale, mean, variance, reserved1, reserved2, reserved3], attributes) => {
      const [dy] = dys as tf.Tensor[];
      const saved: Inputs = reserved1 ? {reserved1, reserved2, reserved3} : {mean, variance};
      const [dx, dScale, dOffset] = runKernel(
        "FusedBatchNormGradV3",
        {dy, x, scale, ...saved},
        attributes
      ) as tf.Tensor[];
      return {x: () => dx, scale: () => dScale, offset: () => dOffset};
    }
  });
  for (const [kernelName, gradient] of [
    ["Relu", "ReluGrad"],
    ["Relu6", "Relu6Grad"]
  ]) {
    tf.unregisterGradient(kernelName);
    tf.registerGradient({
      kernelName,
      outputsToSave: [true],
      gradFunc: (dy, [y]) => ({x: () => runKernel(gradient, {dy: dy as tf.Tensor, y}) as tf.Tensor})
    });
  }
  // The stock gradient repeats the statistics to the size of the input; broadcasting does the same for nothing.
  tf.unregisterGradient("FusedBatchNorm");
  tf.registerGradient({
    kernelName: "FusedBatchNorm",
    inputsToSave: ["x", "mean", "variance", "scale"],
    gradFunc: (gradient, [x, mean, variance, scale], attributes) => {
      const dy = gradient as tf.Tensor;
      const inverse = () => tf.rsqrt(tf.add(variance, (attributes as {varianceEpsilon: number}).varianceEpsilon));
      const slope = () => tf.mul(scale, inverse());
      const dySums = () => channelSums(dy);
      const dyTimesCentred = () => channelSums(tf.mul(dy, tf.sub(x, mean)));
      return {
        x: () => tf.mul(dy, slope()),
        mean: () => tf.neg(tf.mul(dySums(), slope())),
        variance: () => tf.mul(tf.mul(dyTimesCentred(), slope()), tf.mul(tf.square(inverse()), -0.5)),
        scale: () => tf.mul(dyTimesCentred(), inverse()),
        offset: dySums
      };
    }
  });
}

registerKernels();
registerGradients();
