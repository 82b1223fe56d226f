import * as tf from "@tensorflow/tfjs";
import {batchNormInfer, batchNormTrain} from "../engine/fused.js";

/** How a forward pass runs. */
export interface Mode {
  /** Batch norms use the batch's statistics and move their averages; dropout drops. */
  training: boolean;
  /** Seeds dropout: another value for every step. */
  seed?: number;
  /** Sees, and may replace, the output of every named layer. */
  tap?: (layer: string, output: tf.Tensor) => tf.Tensor;
}

export const inference: Mode = {training: false};

/** Gives a new variable its values. `name` is "layer/weight", as in Keras weight files. */
export type Initialise = (name: string, shape: number[]) => tf.Tensor;

type Strides = 1 | 2;

/**
 * The named layers of one network. A network is a plain function of (layers, input) that calls these; the first call
 * of a name creates its variables, later calls use them. Names and shapes of weights are Keras's.
 */
export class Layers {
  /** All variables in order of creation, by "layer/weight". */
  readonly variables = new Map<string, tf.Variable>();

  constructor(private readonly initialise: Initialise) {}

  /** 2D convolution, kernel [k, k, in, filters], 'same' padding, no bias. */
  conv(layer: string, x: tf.Tensor4D, mode: Mode, {filters, kernel, strides = 1}: ConvOptions): tf.Tensor4D {
    const weight = this.variable(`${layer}/kernel`, [kernel, kernel, x.shape[3], filters]) as tf.Variable<tf.Rank.R4>;
    return tapped(layer, tf.conv2d(x, weight, strides, "same"), mode);
  }

  /** Depthwise convolution, kernel [k, k, in, 1], 'same' padding, no bias. */
  depthwise(
    layer: string,
    x: tf.Tensor4D,
    mode: Mode,
    {kernel, strides = 1}: Omit<ConvOptions, "filters">
  ): tf.Tensor4D {
    const weight = this.variable(`${layer}/depthwise_kernel`, [kernel, kernel, x.shape[3], 1]);
    return tapped(layer, tf.depthwiseConv2d(x, weight as tf.Tensor4D, strides, "same"), mode);
  }

  /** Batch normalisation over all but the last axis (Ioffe and Szegedy, 2015). `momentum` is the share that the old average keeps. */
  batchNorm<T extends tf.Tensor>(layer: string, x: T, mode: Mode, {epsilon, momentum}: BatchNormOptions): T {
    const of = (name: string) => this.variable(`${layer}/${name}`, [x.shape[x.rank - 1]]) as tf.Variable<tf.Rank.R1>;
    const [gamma, beta, mean, variance] = ["gamma", "beta", "moving_mean", "moving_variance"].map(of);
    if (!mode.training) {
      return tapped(layer, batchNormInfer(x, mean, variance, gamma, beta, epsilon), mode);
    }
    const batch = batchNormTrain(x, gamma, beta, epsilon);
    const count = x.size / x.shape[x.rank - 1];
    move(mean, batch.mean, momentum);
    move(variance, tf.mul(batch.variance, count / Math.max(count - 1, 1)), momentum);
    return tapped(layer, batch.y as T, mode);
  }

  /** Fully connected, kernel [in, units] and bias [units]. */
  dense(layer: string, x: tf.Tensor2D, mode: Mode, {units}: {units: number}): tf.Tensor2D {
    const kernel = this.variable(`${layer}/kernel`, [x.shape[1], units]);
    const bias = this.variable(`${layer}/bias`, [units]);
    return tapped(layer, tf.add(tf.matMul(x, kernel as tf.Tensor2D), bias) as tf.Tensor2D, mode);
  }

  /** Inverted dropout (Srivastava et al., 2014); the mask follows from the mode's seed and the layer's name. */
  dropout<T extends tf.Tensor>(layer: string, x: T, mode: Mode, {rate}: {rate: number}): T {
    if (!mode.training || rate === 0) return x;
    return tf.dropout(x, rate, undefined, `${mode.seed}/${layer}`) as T;
  }

  relu<T extends tf.Tensor>(layer: string, x: T, mode: Mode): T {
    return tapped(layer, tf.relu(x), mode);
  }

  relu6<T extends tf.Tensor>(layer: string, x: T, mode: Mode): T {
    return tapped(layer, tf.relu6(x), mode);
  }

  /** Element-wise sum of a block's input and output. */
  sum(layer: string, a: tf.Tensor4D, b: tf.Tensor4D, mode: Mode): tf.Tensor4D {
    return tapped(layer, tf.add(a, b) as tf.Tensor4D, mode);
  }

  dispose(): void {
    for (const variable of this.variables.values()) variable.dispose();
    this.variables.clear();
  }

  private variable(name: string, shape: number[]): tf.Variable {
    const known = this.variables.get(name);
    if (known) return known;
    const trainable = !/\/moving_(mean|variance)$/.test(name);
    // No tensor name: tfjs would register it globally, and two networks could not have the same layers.
    const made = tf.tidy(() => tf.variable(this.initialise(name, shape), trainable));
    this.variables.set(name, made);
    return made;
  }
}

interface ConvOptions {
  filters: number;
  kernel: number;
  strides?: Strides;
}

export interface BatchNormOptions {
  epsilon: number;
  momentum: number;
}

function tapped<T extends tf.Tensor>(layer: string, output: T, mode: Mode): T {
  return mode.tap ? (mode.tap(layer, output) as T) : output;
}

function move(average: tf.Variable, value: tf.Tensor, momentum: number): void {
  tf.tidy(() => average.assign(tf.add(tf.mul(average, momentum), tf.mul(value, 1 - momentum))));
}
