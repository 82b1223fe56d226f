import * as tf from "@tensorflow/tfjs";
import type {Seed} from "../engine/dropout.js";
import {dropout} from "../engine/dropout.js";
import {batchNormInfer, batchNormTrain} from "../engine/fused.js";
import {groupedConv2d} from "../engine/grouped-convolution.js";

/** How a forward pass runs. */
export interface Mode {
  /** Batch norms use the batch's statistics and move their averages; dropout drops. */
  training: boolean;
  /** Seeds dropout: another value for every step. */
  seed?: Seed;
  /** While training: layers whose batch norms use and keep their stored statistics all the same. */
  frozen?: ReadonlySet<string>;
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

  /** 2D convolution, kernel [k, k, in / groups, filters]; on request with bias [filters] and in groups of channels. */
  conv(layer: string, x: tf.Tensor4D, mode: Mode, options: ConvOptions): tf.Tensor4D {
    const {filters, kernel, strides = 1, padding = "same", groups = 1, bias = false} = options;
    const shape = [kernel, kernel, x.shape[3] / groups, filters];
    const weight = this.variable(`${layer}/kernel`, shape) as tf.Variable<tf.Rank.R4>;
    const [input, pad] = padded(x, padding);
    const y = groups === 1 ? tf.conv2d(input, weight, strides, pad) : groupedConv2d(input, weight, strides, pad);
    return tapped(layer, bias ? tf.add(y, this.variable(`${layer}/bias`, [filters])) : y, mode) as tf.Tensor4D;
  }

  /** Depthwise convolution, kernel [k, k, in, 1], 'same' padding, no bias. */
  depthwise(layer: string, x: tf.Tensor4D, mode: Mode, {kernel, strides = 1}: DepthwiseOptions): tf.Tensor4D {
    const weight = this.variable(`${layer}/depthwise_kernel`, [kernel, kernel, x.shape[3], 1]) as tf.Tensor4D;
    return tapped(layer, tf.depthwiseConv2d(x, weight, strides, "same"), mode);
  }

  /**
   * Depthwise separable convolution: depthwise kernel [k, k, in, 1], pointwise kernel [1, 1, in, filters]; 'same', no
   * bias.
   */
  separable(layer: string, x: tf.Tensor4D, mode: Mode, {filters, kernel}: SeparableOptions): tf.Tensor4D {
    const depthwise = this.variable(`${layer}/depthwise_kernel`, [kernel, kernel, x.shape[3], 1]) as tf.Tensor4D;
    const pointwise = this.variable(`${layer}/pointwise_kernel`, [1, 1, x.shape[3], filters]) as tf.Tensor4D;
    const y = tf.conv2d(tf.depthwiseConv2d(x, depthwise, 1, "same"), pointwise, 1, "same");
    return tapped(layer, y, mode);
  }

  maxPool(layer: string, x: tf.Tensor4D, mode: Mode, {size, strides, padding}: PoolOptions): tf.Tensor4D {
    const [input, pad] = padded(x, padding);
    return tapped(layer, tf.maxPool(input, size, strides, pad), mode);
  }

  averagePool(layer: string, x: tf.Tensor4D, mode: Mode, {size, strides, padding}: PoolOptions): tf.Tensor4D {
    const [input, pad] = padded(x, padding);
    return tapped(layer, tf.avgPool(input, size, strides, pad), mode);
  }

  /**
   * Batch normalisation over all but the last axis (Ioffe and Szegedy, 2015). `momentum` is the share that the old
   * average keeps.
   */
  batchNorm<T extends tf.Tensor>(layer: string, x: T, mode: Mode, {epsilon, momentum}: BatchNormOptions): T {
    const vector = (name: string) =>
      this.variable(`${layer}/${name}`, [x.shape[x.rank - 1]]) as tf.Variable<tf.Rank.R1>;
    const [gamma, beta, mean, variance] = ["gamma", "beta", "moving_mean", "moving_variance"].map(vector);
    if (!mode.training || mode.frozen?.has(layer)) {
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
    return dropout(x, rate, mode.seed ?? 0, layer);
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

  /** Joins the channels of feature maps of one size. */
  concat(layer: string, parts: tf.Tensor4D[], mode: Mode): tf.Tensor4D {
    return tapped(layer, tf.concat(parts, 3), mode);
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

/** A number is how many zeros go around the image on every side. */
type Padding = "same" | "valid" | number;

interface ConvOptions {
  filters: number;
  kernel: number;
  strides?: Strides;
  padding?: Padding;
  groups?: number;
  bias?: boolean;
}

type DepthwiseOptions = Pick<ConvOptions, "kernel" | "strides">;
type SeparableOptions = Pick<ConvOptions, "filters" | "kernel">;

interface PoolOptions {
  size: number;
  strides: number;
  padding: Padding;
}

export interface BatchNormOptions {
  epsilon: number;
  momentum: number;
}

/** An image with its zeros around it, and the padding that is left to do. */
function padded(x: tf.Tensor4D, padding: Padding): [tf.Tensor4D, "same" | "valid"] {
  if (typeof padding === "string") return [x, padding];
  const sides: [number, number] = [padding, padding];
  return [tf.pad(x, [[0, 0], sides, sides, [0, 0]]), "valid"];
}

/** Shows an output to the pass, under the name of a layer or of a stage. */
export function tapped<T extends tf.Tensor>(layer: string, output: T, mode: Mode): T {
  return mode.tap ? (mode.tap(layer, output) as T) : output;
}

function move(average: tf.Variable, value: tf.Tensor, momentum: number): void {
  tf.tidy(() => average.assign(tf.add(tf.mul(average, momentum), tf.mul(value, 1 - momentum))));
}
