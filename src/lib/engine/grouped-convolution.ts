/**
 * Grouped convolution, which TensorFlow.js lacks, as kernels of their own with exact gradients. A tape keeps only input
 * and filter. Importing this module registers the kernels.
 *
 * Milliseconds on 2 cores, 8 images of 28x28x256 in 32 groups, forward / input's / filter's gradient: one convolution a
 * group 18 / 18 / 20 on `tensorflow` and 221 / 202 / 866 on `wasm`; the ones below 5 / 7 / 15 and 92 / 105 / 152.
 */
import * as tf from "@tensorflow/tfjs";
import type {GradientWindow, Window} from "./block-convolution.js";
import {blockFilterGradient, blockForward, blockInputGradient} from "./block-convolution.js";
import type {ConvInfo} from "./convolution-frames.js";
import {coveredInput, spread} from "./convolution-frames.js";
import {runTensorflow} from "./tensorflow-operation.js";

/**
 * Grouped convolution (Krizhevsky et al., 2012; Xie et al., 2017): the channels of `x` [n, h, w, in] and of the filter
 * [k, k, in / groups, out] fall into as many consecutive groups, each of which is convolved with its own.
 */
export function groupedConv2d(
  x: tf.Tensor4D,
  filter: tf.Tensor4D,
  strides: number,
  pad: "same" | "valid"
): tf.Tensor4D {
  const groups = x.shape[3] / filter.shape[2];
  if (!Number.isInteger(groups) || filter.shape[3] % groups !== 0) {
    throw new Error(`A filter [${filter.shape}] does not divide the channels of [${x.shape}] into groups.`);
  }
  return run("GroupedConv2D", {x, filter}, {strides, pad});
}

const run = (name: string, inputs: Record<string, tf.Tensor4D>, attributes: object) =>
  tf.engine().runKernel(name, inputs, attributes as tf.NamedAttrMap) as tf.Tensor4D;

const groupsOf = (channels: number, filterShape: number[]) => channels / filterShape[2];

const convInfo = (
  inputShape: tf.Tensor4D["shape"],
  filterShape: tf.Tensor4D["shape"],
  {strides, pad}: Window
): ConvInfo => tf.backend_util.computeConv2DInfo(inputShape, filterShape, strides, 1, pad);

/** TensorFlow's convolution, which takes as many groups as the filter's depth divides the input's. */
function native(x: tf.Tensor4D, filter: tf.Tensor4D, {strides, pad}: Window, dilation = 1): tf.Tensor4D {
  const [y] = runTensorflow("Conv2D", [x, filter], {
    T: "float32",
    strides: [1, strides, strides, 1],
    padding: pad === "same" ? "SAME" : "VALID",
    data_format: "NHWC",
    dilations: [1, dilation, dilation, 1]
  });
  return y as tf.Tensor4D;
}

/**
 * The gradient of the input: y', spread out, convolved with the filter turned round, its inputs and outputs exchanged.
 */
function nativeInputGradient(dy: tf.Tensor4D, filter: tf.Tensor4D, window: GradientWindow): tf.Tensor4D {
  const [height, width, inward, outputs] = filter.shape;
  const groups = groupsOf(window.shape[3], filter.shape);
  const turned = tf.reshape(tf.reverse(filter, [0, 1]), [height * width, inward, groups, outputs / groups]);
  const exchanged = tf.reshape(tf.transpose(turned, [0, 3, 2, 1]), [height, width, outputs / groups, window.shape[3]]);
  const spaced = spread(dy, convInfo(window.shape, filter.shape, window));
  return native(spaced, exchanged as tf.Tensor4D, {strides: 1, pad: "valid"});
}

/**
 * The gradient of the filter: a group's inputs, convolved with its y', the images of the batch taking the place of
 * channels, the stride that of the dilation.
 */
function nativeFilterGradient(x: tf.Tensor4D, dy: tf.Tensor4D, window: GradientWindow): tf.Tensor4D {
  const [, , inward] = window.shape;
  const groups = groupsOf(x.shape[3], window.shape);
  const covered = coveredInput(x, convInfo(x.shape, window.shape, window));
  const [batch, height, width] = covered.shape;
  const apart = tf.transpose(tf.reshape(covered, [batch, height * width, groups, inward]), [3, 1, 2, 0]);
  const images = tf.reshape(apart, [inward, height, width, groups * batch]) as tf.Tensor4D;
  const products = native(images, tf.transpose(dy, [1, 2, 0, 3]), {strides: 1, pad: "valid"}, window.strides);
  return tf.transpose(products, [1, 2, 0, 3]);
}

/** Channels that make up a block where groups are joined; 0: never. `webgpu` was not measured. */
const blockChannels: Record<string, number> = {tensorflow: 32, webgpu: 64, wasm: 64, cpu: 0};

/** How many groups to join, so that a block has about so many channels. */
function joined(channels: number, filterShape: number[], backendName: string): number {
  const groups = groupsOf(channels, filterShape);
  let count = Math.min(groups, Math.max(1, Math.floor(blockChannels[backendName] / filterShape[2])));
  while (groups % count !== 0) --count;
  return count;
}

/** Groups are slow as images of a few channels: 44 ms against 16 for 16 images of 32x32x128, 4 channels a group. */
const fewChannels = 8;

type Inputs = Record<"x" | "filter" | "dy", tf.Tensor4D>;

function registerKernels(backendName: string) {
  const isNative = backendName === "tensorflow";
  const kernels: Record<string, (inputs: Inputs, window: GradientWindow) => tf.Tensor4D> = {
    GroupedConv2D: ({x, filter}, window) =>
      isNative
        ? native(x, filter, window)
        : blockForward(x, filter, window, joined(x.shape[3], filter.shape, backendName)),
    GroupedConv2DBackpropInput: ({dy, filter}, window) =>
      isNative
        ? nativeInputGradient(dy, filter, window)
        : blockInputGradient(dy, filter, window, joined(window.shape[3], filter.shape, backendName)),
    GroupedConv2DBackpropFilter: ({x, dy}, window) =>
      isNative && window.shape[2] >= fewChannels
        ? nativeFilterGradient(x, dy, window)
        : blockFilterGradient(x, dy, window, joined(x.shape[3], window.shape, backendName))
  };
  for (const [kernelName, compute] of Object.entries(kernels)) {
    tf.registerKernel({
      kernelName,
      backendName,
      kernelFunc: ({inputs, attrs}) => tf.tidy(() => compute(inputs as Inputs, attrs as unknown as GradientWindow))
    });
  }
}

for (const backendName of Object.keys(blockChannels)) registerKernels(backendName);

tf.registerGradient({
  kernelName: "GroupedConv2D",
  inputsToSave: ["x", "filter"],
  gradFunc: (gradient, saved, attributes) => {
    const [dy, [x, filter]] = [gradient as tf.Tensor4D, saved as tf.Tensor4D[]];
    return {
      x: () => run("GroupedConv2DBackpropInput", {dy, filter}, {...attributes, shape: x.shape}),
      filter: () => run("GroupedConv2DBackpropFilter", {x, dy}, {...attributes, shape: filter.shape})
    };
  }
});
