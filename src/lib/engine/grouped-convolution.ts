import * as tf from "@tensorflow/tfjs";

/**
 * Grouped convolution (Krizhevsky et al., 2012; Xie et al., 2017): the channels of `x` [n, h, w, in] and of the filter
 * [k, k, in / groups, out] fall into as many consecutive groups, each of which is convolved with its own.
 */
export function groupedConv2d(
  x: tf.Tensor4D,
  filter: tf.Tensor4D,
  groups: number,
  strides: number,
  pad: "same" | "valid"
): tf.Tensor4D {
  const inputs: tf.Tensor4D[] = tf.split(x, groups, 3);
  const filters: tf.Tensor4D[] = tf.split(filter, groups, 3);
  const outputs = inputs.map((input, i) => tf.conv2d(input, filters[i], strides, pad));
  return tf.concat(outputs, 3);
}
