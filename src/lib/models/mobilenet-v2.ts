import type * as tf from "@tensorflow/tfjs";
import type {Architecture} from "./architecture.js";
import type {Layers, Mode} from "./layers.js";
import {symmetric} from "./preprocess.js";

/** Keras trains with momentum 0.999, too slow an average for a few epochs of fine-tuning; this is fastai's. */
const norm = {epsilon: 1e-3, momentum: 0.9};

/**
 * Expansion, filters before the width multiplier and stride of the 17 inverted residual blocks (Sandler et al., 2018,
 * Table 2).
 */
const blocks = (
  [
    {expansion: 1, filters: 16, repeats: 1, strides: 1},
    {expansion: 6, filters: 24, repeats: 2, strides: 2},
    {expansion: 6, filters: 32, repeats: 3, strides: 2},
    {expansion: 6, filters: 64, repeats: 4, strides: 2},
    {expansion: 6, filters: 96, repeats: 3, strides: 1},
    {expansion: 6, filters: 160, repeats: 3, strides: 2},
    {expansion: 6, filters: 320, repeats: 1, strides: 1}
  ] as const
).flatMap(({expansion, filters, repeats, strides}) =>
  Array.from({length: repeats}, (_, i) => ({expansion, filters, strides: i === 0 ? strides : (1 as const)}))
);

/**
 * MobileNetV2 (Sandler et al., 2018) of a width multiplier, with the layer names of Keras. The paper does not say how
 * it starts: a random body is drawn by Glorot's scheme, as Keras's is.
 * @param digests that its weight file may have, "sha256:..."
 */
export const mobileNetV2 = (alpha: number, ...digests: string[]): Architecture => {
  const width = alpha === 1 ? "1.0" : `${alpha}`;
  const file = `mobilenet_v2_weights_tf_dim_ordering_tf_kernels_${width}_224_no_top.h5`;
  return {
    id: `mobilenetv2_${width}`,
    title: `MobileNetV2 ${width}`,
    paper: "Sandler et al. 2018, arXiv:1801.04381",
    year: 2018,
    size: 224,
    preprocess: symmetric,
    body: (layers, images, mode) => body(alpha, layers, images, mode),
    // Where the resolution falls to a sixteenth, as at DenseNet's split: blocks 6 to 16 hold most of the weights.
    groups: ["block_6_expand"],
    featureLayer: "out_relu",
    imagenet: {
      file,
      url: `https://storage.googleapis.com/tensorflow/keras-applications/mobilenet_v2/${file}`,
      format: "keras",
      digests,
      licence: "Apache-2.0"
    }
  };
};

/** Images [n, h, w, 3] in [-1, 1] to features [n, h/32, w/32, 1280]. */
function body(alpha: number, layers: Layers, images: tf.Tensor4D, mode: Mode): tf.Tensor4D {
  let x = layers.conv("Conv1", images, mode, {filters: divisible(32 * alpha), kernel: 3, strides: 2});
  x = layers.relu6("Conv1_relu", layers.batchNorm("bn_Conv1", x, mode, norm), mode);
  blocks.forEach((block, i) => (x = invertedResidual(layers, x, mode, {...block, alpha, index: i})));
  x = layers.conv("Conv_1", x, mode, {filters: Math.max(1280, divisible(1280 * alpha)), kernel: 1});
  return layers.relu6("out_relu", layers.batchNorm("Conv_1_bn", x, mode, norm), mode);
}

interface Block {
  index: number;
  alpha: number;
  expansion: number;
  filters: number;
  strides: 1 | 2;
}

function invertedResidual(
  layers: Layers,
  input: tf.Tensor4D,
  mode: Mode,
  {index, alpha, expansion, filters, strides}: Block
) {
  const prefix = index === 0 ? "expanded_conv" : `block_${index}`;
  const [inward, outward] = [input.shape[3], divisible(filters * alpha)];
  let x = input;
  if (index > 0) {
    x = layers.conv(`${prefix}_expand`, x, mode, {filters: expansion * inward, kernel: 1});
    x = layers.relu6(`${prefix}_expand_relu`, layers.batchNorm(`${prefix}_expand_BN`, x, mode, norm), mode);
  }
  x = layers.depthwise(`${prefix}_depthwise`, x, mode, {kernel: 3, strides});
  x = layers.relu6(`${prefix}_depthwise_relu`, layers.batchNorm(`${prefix}_depthwise_BN`, x, mode, norm), mode);
  x = layers.conv(`${prefix}_project`, x, mode, {filters: outward, kernel: 1});
  x = layers.batchNorm(`${prefix}_project_BN`, x, mode, norm);
  return inward === outward && strides === 1 ? layers.sum(`${prefix}_add`, input, x, mode) : x;
}

/** The nearest multiple of 8 that is not more than 10% smaller. */
function divisible(value: number): number {
  const rounded = Math.max(8, Math.floor((value + 4) / 8) * 8);
  return rounded < 0.9 * value ? rounded + 8 : rounded;
}
