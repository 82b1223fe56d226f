import type * as tf from "@tensorflow/tfjs";
import type {Architecture} from "./architecture.js";
import {heNormalFanOut} from "./initialise.js";
import type {Layers, Mode} from "./layers.js";
import {tapped} from "./layers.js";
import {symmetric} from "./preprocess.js";
import {fromTorch} from "./weights/torch-names.js";

/** The published momentum is 0.99, too slow an average for a few epochs of fine-tuning; this is fastai's. */
const norm = {epsilon: 1e-3, momentum: 0.9};

/** The seven stages of inverted residual blocks (Tan and Le, 2019, Table 1); strides are of a stage's first block. */
const stages = [
  {expansion: 1, filters: 16, kernel: 3, repeats: 1, strides: 1},
  {expansion: 6, filters: 24, kernel: 3, repeats: 2, strides: 2},
  {expansion: 6, filters: 40, kernel: 5, repeats: 2, strides: 2},
  {expansion: 6, filters: 80, kernel: 3, repeats: 3, strides: 2},
  {expansion: 6, filters: 112, kernel: 5, repeats: 3, strides: 1},
  {expansion: 6, filters: 192, kernel: 5, repeats: 4, strides: 2},
  {expansion: 6, filters: 320, kernel: 3, repeats: 1, strides: 1}
] as const;

type Block = Omit<(typeof stages)[number], "repeats">;

/**
 * EfficientNet-Lite0: EfficientNet-B0 (Tan and Le, 2019) for integer arithmetic (Liu, 2020), with ReLU6 for swish and
 * without squeeze-and-excitation. Layers have the names of timm's `tf_efficientnet_lite0`; the stages' outputs are
 * `stem`, `blocks.0` ... `blocks.6`, `head`. Stochastic depth, a regulariser of the long training on ImageNet, is left
 * out.
 */
export const efficientNetLite0: Architecture = {
  id: "efficientnet_lite0",
  title: "EfficientNet-Lite0",
  paper: "Tan and Le 2019, arXiv:1905.11946",
  year: 2020,
  size: 224,
  preprocess: symmetric,
  body,
  // The first block whose output has a stride of 16, which is where MobileNetV2 is divided too: what is below sees
  // edges and textures, and 98% of the values are above.
  groups: ["blocks.3.0.conv_pw"],
  featureLayer: "head",
  // Its authors' code does so (`conv_kernel_initializer`), depthwise kernels included.
  scheme: heNormalFanOut,
  imagenet: {
    file: "tf_efficientnet_lite0.in1k.safetensors",
    url: "https://huggingface.co/timm/tf_efficientnet_lite0.in1k/resolve/main/model.safetensors",
    format: "safetensors",
    digests: ["sha256:384371dbd49f5bd24d4e89f607c22e2b1babbdb5c58d86a1cf3279ac1d490191"],
    licence: "Apache-2.0",
    convert: fromTorch
  }
};

/** Images [n, h, w, 3] in [-1, 1] to features [n, h/32, w/32, 1280]. */
function body(layers: Layers, images: tf.Tensor4D, mode: Mode): tf.Tensor4D {
  let x = layers.conv("conv_stem", images, mode, {filters: 32, kernel: 3, strides: 2});
  x = layers.relu6("stem", layers.batchNorm("bn1", x, mode, norm), mode);
  stages.forEach(({repeats, strides, ...shape}, i) => {
    for (let j = 0; j < repeats; ++j) {
      x = block(layers, `blocks.${i}.${j}`, x, mode, {...shape, strides: j === 0 ? strides : 1});
    }
    x = tapped(`blocks.${i}`, x, mode);
  });
  x = layers.conv("conv_head", x, mode, {filters: 1280, kernel: 1});
  return layers.relu6("head", layers.batchNorm("bn2", x, mode, norm), mode);
}

/** An inverted residual block: widen by 1x1, filter each channel, narrow by 1x1; the first of all is not widened. */
function block(layers: Layers, name: string, input: tf.Tensor4D, mode: Mode, options: Block): tf.Tensor4D {
  const {expansion, filters, kernel, strides} = options;
  const inward = input.shape[3];
  const widens = expansion > 1;
  let [x, norms] = [input, 0];
  const normalise = (y: tf.Tensor4D) => layers.batchNorm(`${name}.bn${++norms}`, y, mode, norm);
  if (widens) {
    x = normalise(layers.conv(`${name}.conv_pw`, x, mode, {filters: expansion * inward, kernel: 1}));
    x = layers.relu6(`${name}.act${norms}`, x, mode);
  }
  x = normalise(layers.depthwise(`${name}.conv_dw`, x, mode, {kernel, strides}));
  x = layers.relu6(`${name}.act${norms}`, x, mode);
  x = normalise(layers.conv(`${name}.conv_pw${widens ? "l" : ""}`, x, mode, {filters, kernel: 1}));
  return inward === filters && strides === 1 ? layers.sum(`${name}.add`, input, x, mode) : x;
}
