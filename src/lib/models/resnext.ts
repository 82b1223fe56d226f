import type * as tf from "@tensorflow/tfjs";
import type {Architecture} from "./architecture.js";
import {heNormalFanOut} from "./initialise.js";
import type {Layers, Mode} from "./layers.js";
import {standardised} from "./preprocess.js";
import {groupedKernels, publishedLayout} from "./resnext-weights.js";

/** Keras's epsilon; its momentum is 0.99, too slow an average for a few epochs of fine-tuning, and this is fastai's. */
const norm = {epsilon: 1.001e-5, momentum: 0.9};

/** Paths of a block, computed as groups of one convolution. */
const cardinality = 32;

/**
 * Width of the 3x3 convolutions and blocks of the four stages (Xie et al., 2017, Section 4). Blocks put out twice the
 * width.
 */
const stages = [
  {width: 128, blocks: 3},
  {width: 256, blocks: 4},
  {width: 512, blocks: 23},
  {width: 1024, blocks: 3}
];

const file = "resnext101_weights_tf_dim_ordering_tf_kernels_notop.h5";

/** ResNeXt-101 32x4d (Xie et al., 2017), with the layer names of Keras. */
export const resNeXt101: Architecture = {
  id: "resnext101_32x4d",
  title: "ResNeXt-101 32x4d",
  paper: "Xie et al. 2017, arXiv:1611.05431",
  year: 2017,
  size: 224,
  preprocess: standardised,
  body,
  // The third stage, where fastai splits it.
  groups: ["conv4_block1_0_conv"],
  featureLayer: "conv5_block3_out",
  // Its authors' code does so, which takes all filters of a grouped convolution for its outputs.
  scheme: heNormalFanOut,
  imagenet: {
    file,
    url: `https://github.com/keras-team/keras-applications/releases/download/resnet/${file}`,
    format: "keras",
    digests: ["md5:0f678c91647380debd923963594981b3"],
    licence: "MIT",
    convert: groupedKernels,
    layout: publishedLayout
  }
};

/** Standardised images [n, h, w, 3] to features [n, h/32, w/32, 2048]. */
function body(layers: Layers, images: tf.Tensor4D, mode: Mode): tf.Tensor4D {
  let x = layers.conv("conv1_conv", images, mode, {filters: 64, kernel: 7, strides: 2, padding: 3});
  x = layers.relu("conv1_relu", layers.batchNorm("conv1_bn", x, mode, norm), mode);
  x = layers.maxPool("pool1_pool", x, mode, {size: 3, strides: 2, padding: 1});
  stages.forEach(({width, blocks}, stage) => {
    for (let i = 1; i <= blocks; ++i) {
      const strides = stage > 0 && i === 1 ? 2 : 1;
      x = block(layers, x, mode, {name: `conv${stage + 2}_block${i}`, width, strides, project: i === 1});
    }
  });
  return x;
}

interface Block {
  name: string;
  width: number;
  strides: 1 | 2;
  /** Whether the shortcut changes the number of channels. */
  project: boolean;
}

/**
 * Aggregated residual transformations: 1x1, grouped 3x3 and 1x1 convolution beside a shortcut (Xie et al., 2017, Figure
 * 3c).
 */
function block(layers: Layers, input: tf.Tensor4D, mode: Mode, {name, width, strides, project}: Block) {
  const filters = 2 * width;
  const normalised = (part: number, x: tf.Tensor4D) => layers.batchNorm(`${name}_${part}_bn`, x, mode, norm);
  const shortcut = project
    ? normalised(0, layers.conv(`${name}_0_conv`, input, mode, {filters, kernel: 1, strides}))
    : input;
  let x = layers.conv(`${name}_1_conv`, input, mode, {filters: width, kernel: 1});
  x = layers.relu(`${name}_1_relu`, normalised(1, x), mode);
  // A zero on every side: without strides that is what 'same' means, without a padded copy.
  const padding = strides === 1 ? "same" : 1;
  x = layers.conv(`${name}_2_conv`, x, mode, {filters: width, kernel: 3, strides, padding, groups: cardinality});
  x = layers.relu(`${name}_2_relu`, normalised(2, x), mode);
  x = normalised(3, layers.conv(`${name}_3_conv`, x, mode, {filters, kernel: 1}));
  return layers.relu(`${name}_out`, layers.sum(`${name}_add`, shortcut, x, mode), mode);
}
