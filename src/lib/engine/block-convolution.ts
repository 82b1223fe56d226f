/**
 * Grouped convolution composed of ordinary ones, each of several groups joined: its filter is block-diagonal, with
 * zeros between channels of different groups. Fewer and larger convolutions are faster in spite of the products with
 * zero.
 */
import * as tf from "@tensorflow/tfjs";

export interface Window {
  strides: number;
  pad: "same" | "valid";
}

/** A window with the shape that a gradient is to have. */
export interface GradientWindow extends Window {
  shape: [number, number, number, number];
}

/** Joins `count` groups each to one convolution. */
export function blockForward(x: tf.Tensor4D, filter: tf.Tensor4D, {strides, pad}: Window, count: number): tf.Tensor4D {
  const blocks = x.shape[3] / filter.shape[2] / count;
  const filters = parts(blockDiagonal(filter, blocks, count), blocks);
  return tf.concat(
    parts(x, blocks).map((part, i) => tf.conv2d(part, filters[i], strides, pad)),
    3
  );
}

/** The gradient of the input, of the shape given. */
export function blockInputGradient(
  dy: tf.Tensor4D,
  filter: tf.Tensor4D,
  {shape, ...window}: GradientWindow,
  count: number
): tf.Tensor4D {
  const blocks = shape[3] / filter.shape[2] / count;
  const filters = parts(blockDiagonal(filter, blocks, count), blocks);
  const attributes = {...window, dataFormat: "NHWC", inputShape: [...shape.slice(0, 3), shape[3] / blocks]};
  return tf.concat(
    parts(dy, blocks).map((part, i) => run("Conv2DBackpropInput", {dy: part, filter: filters[i]}, attributes)),
    3
  );
}

/** The gradient of the filter, of the shape given. */
export function blockFilterGradient(
  x: tf.Tensor4D,
  dy: tf.Tensor4D,
  {shape, ...window}: GradientWindow,
  count: number
): tf.Tensor4D {
  const [height, width, inward, outputs] = shape;
  const blocks = x.shape[3] / inward / count;
  const filterShape = [height, width, inward * count, outputs / blocks];
  const attributes = {...window, dataFormat: "NHWC", filterShape};
  const dys = parts(dy, blocks);
  return tf.concat(
    parts(x, blocks).map((part, i) =>
      diagonalBlocks(run("Conv2DBackpropFilter", {x: part, dy: dys[i]}, attributes), count)
    ),
    3
  );
}

const run = (name: string, inputs: Record<string, tf.Tensor4D>, attributes: object) =>
  tf.engine().runKernel(name, inputs, attributes as tf.NamedAttrMap) as tf.Tensor4D;

const parts = (x: tf.Tensor4D, count: number): tf.Tensor4D[] => (count === 1 ? [x] : tf.split(x, count, 3));

/**
 * 1 where input and output belong to the same of `count` groups: [count, 1, count * outputs], to multiply a filter by.
 */
const sameGroup = (count: number, outputs: number) =>
  tf.reshape(tf.tile(tf.reshape(tf.eye(count), [count, count, 1]), [1, 1, outputs]), [count, 1, count * outputs]);

/** Filters [k, k, in, out] of groups to filters [k, k, count * in, out] of as many blocks, of `count` groups each. */
function blockDiagonal(filter: tf.Tensor4D, blocks: number, count: number): tf.Tensor4D {
  if (count === 1) return filter;
  const [height, width, inward, outputs] = filter.shape;
  const mask = tf.tile(sameGroup(count, outputs / blocks / count), [1, 1, blocks]);
  const repeated = tf.mul(tf.reshape(filter, [height * width, 1, inward, outputs]), mask);
  return tf.reshape(repeated, [height, width, count * inward, outputs]);
}

/** The inverse of the above, for one block. */
function diagonalBlocks(filter: tf.Tensor4D, count: number): tf.Tensor4D {
  if (count === 1) return filter;
  const [height, width, inward, outputs] = filter.shape;
  const groups = tf.reshape(filter, [height * width, count, inward / count, outputs]);
  const kept = tf.sum(tf.mul(groups, sameGroup(count, outputs / count)), 1);
  return tf.reshape(kept, [height, width, inward / count, outputs]);
}
