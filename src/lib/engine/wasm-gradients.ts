/**
 * The kernels that the `wasm` backend lacks to train convolutions, or has only in a slow or wrong form, composed
 * exactly of convolutions that it has.
 * Along one axis, with stride s, dilation d, `before` zeros of padding and a filter of k taps,
 *   y[o] = sum over i of x[o s + i d - before] w[i],
 * so both gradients are sums over the same products, that is, convolutions again with other strides and dilations.
 */
import * as tf from "@tensorflow/tfjs";
import type {ConvInfo} from "./convolution-frames.js";
import {coveredInput, spread} from "./convolution-frames.js";

type Shape4D = [number, number, number, number];

interface Attributes {
  strides: [number, number] | number;
  pad: "valid" | "same" | number | tf.backend_util.ExplicitPadding;
  dataFormat?: "NHWC" | "NCHW";
  dilations?: [number, number] | number;
  dimRoundingMode?: "floor" | "round" | "ceil";
  filterShape: Shape4D;
  inputShape: Shape4D;
}

/** Adds the missing kernels to the `wasm` backend, under TensorFlow.js's own names. */
export function registerWasmGradients(): void {
  const kernels: Record<string, (inputs: Record<string, tf.Tensor4D>, attributes: Attributes) => tf.Tensor> = {
    Conv2DBackpropFilter: ({x, dy}, attributes) => {
      const info = convInfo(x.shape, attributes.filterShape, attributes, false);
      return convFilterGradient(x, dy, info);
    },
    Conv2DBackpropInput: ({dy, filter}, attributes) => {
      const info = convInfo(attributes.inputShape, filter.shape, attributes, false);
      return tf.conv2d(spread(dy, info), tf.transpose(tf.reverse(filter, [0, 1]), [0, 1, 3, 2]), 1, "valid", "NHWC", [
        info.dilationHeight,
        info.dilationWidth
      ]);
    },
    DepthwiseConv2dNativeBackpropFilter: ({x, dy}, attributes) => {
      const info = convInfo(x.shape, attributes.filterShape, attributes, true);
      return depthwiseFilterGradient(x, dy, info, attributes.filterShape);
    },
    DepthwiseConv2dNativeBackpropInput: ({dy, filter}, attributes) => {
      const info = convInfo(attributes.inputShape, filter.shape, attributes, true);
      return depthwiseInputGradient(dy, filter, info);
    }
  };
  for (const [kernelName, compute] of Object.entries(kernels)) {
    if (tf.getKernel(kernelName, "wasm")) tf.unregisterKernel(kernelName, "wasm");
    tf.registerKernel({
      kernelName,
      backendName: "wasm",
      kernelFunc: ({inputs, attrs}) =>
        tf.tidy(() => compute(inputs as Record<string, tf.Tensor4D>, attrs as unknown as Attributes))
    });
  }
}

function convInfo(inputShape: Shape4D, filterShape: Shape4D, attributes: Attributes, depthwise: boolean): ConvInfo {
  const {strides, pad, dataFormat = "NHWC", dilations = 1, dimRoundingMode} = attributes;
  if (dataFormat !== "NHWC") throw new Error("Convolutions on wasm take NHWC only");
  const {computeConv2DInfo} = tf.backend_util;
  return computeConv2DInfo(inputShape, filterShape, strides, dilations, pad, dimRoundingMode, depthwise);
}

/**
 * The filter's gradient, w'[i] = sum over o of x[o s + i d - before] y'[o], is a convolution of x by y' with stride d
 * and dilation s, in which the batch takes the place of the channels that are summed over.
 */
function convFilterGradient(x: tf.Tensor4D, dy: tf.Tensor4D, info: ConvInfo): tf.Tensor {
  const {inChannels, outChannels, filterHeight, filterWidth} = info;
  const covered = coveredInput(x, info);
  if (filterHeight * filterWidth * info.strideHeight * info.strideWidth === 1) {
    // A product of matrices; wasm is fast only for ones that are not transposed.
    const rows = tf.transpose(tf.reshape(covered, [-1, inChannels]) as tf.Tensor2D);
    return tf.reshape(tf.matMul(rows, tf.reshape(dy, [-1, outChannels]) as tf.Tensor2D), [
      1,
      1,
      inChannels,
      outChannels
    ]);
  }
  const images: tf.Tensor4D = tf.transpose(covered, [3, 1, 2, 0]);
  const filter: tf.Tensor4D = tf.transpose(dy, [1, 2, 0, 3]);
  return tf.transpose(exchangedConvolution(images, filter, info, tf.conv2d), [1, 2, 0, 3]);
}

/** The same with one channel for every pair of an image and a channel, and the sum over images taken last. */
function depthwiseFilterGradient(x: tf.Tensor4D, dy: tf.Tensor4D, info: ConvInfo, filterShape: Shape4D): tf.Tensor {
  const {batchSize, inChannels, outHeight, outWidth, filterHeight, filterWidth} = info;
  const multiplier = filterShape[3];
  const covered = coveredInput(x, info);
  const pairs = batchSize * inChannels;
  const images = tf.reshape(tf.transpose(covered, [1, 2, 0, 3]), [1, covered.shape[1], covered.shape[2], pairs]);
  const filter = tf.reshape(tf.transpose(dy, [1, 2, 0, 3]), [outHeight, outWidth, pairs, multiplier]);
  const products = exchangedConvolution(images as tf.Tensor4D, filter as tf.Tensor4D, info, tf.depthwiseConv2d);
  const perImage = tf.reshape(products, [filterHeight * filterWidth, batchSize, inChannels * multiplier]);
  return tf.reshape(tf.sum(perImage, 1), filterShape);
}

function exchangedConvolution(
  images: tf.Tensor4D,
  filter: tf.Tensor4D,
  {strideHeight, strideWidth, dilationHeight, dilationWidth}: ConvInfo,
  convolve: typeof tf.conv2d | typeof tf.depthwiseConv2d
): tf.Tensor4D {
  const [strides, dilations] = [
    [dilationHeight, dilationWidth] as [number, number],
    [strideHeight, strideWidth] as [number, number]
  ];
  return convolve(images, filter, strides, "valid", "NHWC", dilations);
}

/**
 * The input's gradient: y', spread out, convolved with the filter turned round; the outputs of a channel are added up.
 */
function depthwiseInputGradient(dy: tf.Tensor4D, filter: tf.Tensor4D, info: ConvInfo): tf.Tensor {
  const [height, width, channels, multiplier] = filter.shape;
  const turned = tf.reshape(tf.reverse(filter, [0, 1]), [height, width, channels * multiplier, 1]) as tf.Tensor4D;
  const dilations: [number, number] = [info.dilationHeight, info.dilationWidth];
  const products = tf.depthwiseConv2d(spread(dy, info), turned, 1, "valid", "NHWC", dilations);
  if (multiplier === 1) return products;
  return tf.reshape(tf.sum(tf.reshape(products, [-1, channels, multiplier]), 2), info.inShape);
}
