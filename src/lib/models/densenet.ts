import type * as tf from "@tensorflow/tfjs";
import type {Architecture} from "./architecture.js";
import {heNormal} from "./initialise.js";
import type {Layers, Mode} from "./layers.js";
import {standardised} from "./preprocess.js";

/** Keras's epsilon; its momentum is 0.99, too slow an average for a few epochs of fine-tuning, and this is fastai's. */
const norm = {epsilon: 1.001e-5, momentum: 0.9};

/** Channels that every layer of a dense block adds. */
const growth = 32;

/** Layers of the four dense blocks of DenseNet-121 (Huang et al., 2017, Table 1). */
const depths = [6, 12, 24, 16];

const file = "densenet121_weights_tf_dim_ordering_tf_kernels_notop.h5";

/** DenseNet-121 (Huang et al., 2017), with the layer names of Keras. */
export const denseNet121: Architecture = {
  id: "densenet121",
  title: "DenseNet-121",
  paper: "Huang et al. 2017, arXiv:1608.06993",
  year: 2017,
  size: 224,
  preprocess: standardised,
  body,
  // The second transition, where fastai splits it.
  groups: ["pool3_bn"],
  featureLayer: "relu",
  // Its paper takes the one of He et al. (2015).
  scheme: heNormal,
  imagenet: {
    file,
    url: `https://storage.googleapis.com/tensorflow/keras-applications/densenet/${file}`,
    format: "keras",
    digests: ["md5:30ee3e1110167f948a6b9946edeeb738"],
    licence: "Apache-2.0",
    // The file is older than the names: its stem is `conv1/conv` and `conv1/bn`.
    convert: (weights) => new Map([...weights].map(([name, weight]) => [name.replace(/^conv1\//, "conv1_"), weight]))
  }
};

/** Standardised images [n, h, w, 3] to features [n, h/32, w/32, 1024]. */
function body(layers: Layers, images: tf.Tensor4D, mode: Mode): tf.Tensor4D {
  let x = layers.conv("conv1_conv", images, mode, {filters: 64, kernel: 7, strides: 2, padding: 3});
  x = layers.relu("conv1_relu", layers.batchNorm("conv1_bn", x, mode, norm), mode);
  x = layers.maxPool("pool1", x, mode, {size: 3, strides: 2, padding: 1});
  depths.forEach((depth, i) => {
    if (i > 0) x = transition(layers, x, mode, `pool${i + 1}`);
    for (let layer = 1; layer <= depth; ++layer) x = denseLayer(layers, x, mode, `conv${i + 2}_block${layer}`);
  });
  return layers.relu("relu", layers.batchNorm("bn", x, mode, norm), mode);
}

/** Appends 32 channels that are computed from all channels so far, through a bottleneck of 128. */
function denseLayer(layers: Layers, input: tf.Tensor4D, mode: Mode, name: string): tf.Tensor4D {
  let x = layers.relu(`${name}_0_relu`, layers.batchNorm(`${name}_0_bn`, input, mode, norm), mode);
  x = layers.conv(`${name}_1_conv`, x, mode, {filters: 4 * growth, kernel: 1});
  x = layers.relu(`${name}_1_relu`, layers.batchNorm(`${name}_1_bn`, x, mode, norm), mode);
  x = layers.conv(`${name}_2_conv`, x, mode, {filters: growth, kernel: 3});
  return layers.concat(`${name}_concat`, [input, x], mode);
}

/** Halves channels and resolution. */
function transition(layers: Layers, input: tf.Tensor4D, mode: Mode, name: string): tf.Tensor4D {
  const x = layers.relu(`${name}_relu`, layers.batchNorm(`${name}_bn`, input, mode, norm), mode);
  const halved = layers.conv(`${name}_conv`, x, mode, {filters: input.shape[3] / 2, kernel: 1});
  return layers.averagePool(`${name}_pool`, halved, mode, {size: 2, strides: 2, padding: "valid"});
}
