import type * as tf from "@tensorflow/tfjs";
import type {Architecture} from "./architecture.js";
import type {Layers, Mode} from "./layers.js";
import {symmetric} from "./preprocess.js";

/** Keras's epsilon; its momentum is 0.99, too slow an average for a few epochs of fine-tuning, and this is fastai's. */
const norm = {epsilon: 1e-3, momentum: 0.9};

const file = "xception_weights_tf_dim_ordering_tf_kernels_notop.h5";

/**
 * Xception (Chollet, 2017), with the layer names of Keras. The layers of the shortcuts, which Keras leaves unnamed, are
 * numbered from 1 as in its weight file: `conv2d_1` and `batch_normalization_1` are those of block 2. The paper
 * does not say how it starts: a random body is drawn by Glorot's scheme, as Keras's is.
 */
export const xception: Architecture = {
  id: "xception",
  title: "Xception",
  paper: "Chollet 2017, arXiv:1610.02357",
  year: 2017,
  size: 299,
  preprocess: symmetric,
  body,
  // In the middle of the middle flow's eight equal blocks.
  groups: ["block7_sepconv1"],
  featureLayer: "block14_sepconv2_act",
  imagenet: {
    file,
    url: `https://storage.googleapis.com/tensorflow/keras-applications/xception/${file}`,
    format: "keras",
    // The publisher's file, and one with the same values that was written anew.
    digests: [
      "md5:b0042744bf5b25fce3cb969f33bebb97",
      "sha256:e7eaf9687bbc415f58b29da409cbea8ad31d46dbfbdc0e52e635668d3fd7fdf5"
    ],
    licence: "Apache-2.0"
  }
};

/** Images [n, h, w, 3] in [-1, 1] to features [n, about h/32, about w/32, 2048]. */
function body(layers: Layers, images: tf.Tensor4D, mode: Mode): tf.Tensor4D {
  let x = stemConv(layers, images, mode, {name: "block1_conv1", filters: 32, strides: 2});
  x = stemConv(layers, x, mode, {name: "block1_conv2", filters: 64, strides: 1});
  x = reducingBlock(layers, x, mode, {block: 2, shortcut: 1, filters: [128, 128]});
  x = reducingBlock(layers, x, mode, {block: 3, shortcut: 2, filters: [256, 256]});
  x = reducingBlock(layers, x, mode, {block: 4, shortcut: 3, filters: [728, 728]});
  for (let block = 5; block <= 12; ++block) x = middleBlock(layers, x, mode, block);
  x = reducingBlock(layers, x, mode, {block: 13, shortcut: 4, filters: [728, 1024]});
  x = separable(layers, x, mode, {name: "block14_sepconv1", filters: 1536});
  x = layers.relu("block14_sepconv1_act", x, mode);
  x = separable(layers, x, mode, {name: "block14_sepconv2", filters: 2048});
  return layers.relu("block14_sepconv2_act", x, mode);
}

interface StemOptions {
  name: string;
  filters: number;
  strides: 1 | 2;
}

function stemConv(layers: Layers, input: tf.Tensor4D, mode: Mode, {name, filters, strides}: StemOptions): tf.Tensor4D {
  const x = layers.conv(name, input, mode, {filters, kernel: 3, strides, padding: "valid"});
  return layers.relu(`${name}_act`, layers.batchNorm(`${name}_bn`, x, mode, norm), mode);
}

interface ReducingOptions {
  block: number;
  /** The number in the names of the shortcut's layers. */
  shortcut: number;
  filters: [number, number];
}

/** Two separable convolutions and a maximum pool that halves the resolution, around them a strided 1x1 convolution. */
function reducingBlock(
  layers: Layers,
  input: tf.Tensor4D,
  mode: Mode,
  {block, shortcut, filters}: ReducingOptions
): tf.Tensor4D {
  const around = layers.conv(`conv2d_${shortcut}`, input, mode, {filters: filters[1], kernel: 1, strides: 2});
  const residual = layers.batchNorm(`batch_normalization_${shortcut}`, around, mode, norm);
  let x = input;
  filters.forEach((count, i) => {
    const name = `block${block}_sepconv${i + 1}`;
    // Block 2 follows an activation.
    if (block > 2 || i > 0) x = layers.relu(`${name}_act`, x, mode);
    x = separable(layers, x, mode, {name, filters: count});
  });
  x = layers.maxPool(`block${block}_pool`, x, mode, {size: 3, strides: 2, padding: "same"});
  return layers.sum(`add_${block - 1}`, x, residual, mode);
}

/** Three separable convolutions with the identity around them. */
function middleBlock(layers: Layers, input: tf.Tensor4D, mode: Mode, block: number): tf.Tensor4D {
  let x = input;
  for (const i of [1, 2, 3]) {
    const name = `block${block}_sepconv${i}`;
    x = separable(layers, layers.relu(`${name}_act`, x, mode), mode, {name, filters: 728});
  }
  return layers.sum(`add_${block - 1}`, x, input, mode);
}

/** A 3x3 separable convolution and its batch norm. */
function separable(
  layers: Layers,
  input: tf.Tensor4D,
  mode: Mode,
  {name, filters}: {name: string; filters: number}
): tf.Tensor4D {
  const x = layers.separable(name, input, mode, {filters, kernel: 3});
  return layers.batchNorm(`${name}_bn`, x, mode, norm);
}
