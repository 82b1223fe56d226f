import * as tf from "@tensorflow/tfjs";
import type {Architecture} from "./architecture.js";
import type {Layers, Mode} from "./layers.js";
import {repeated} from "./preprocess.js";

/** Keras's epsilon; the momentum is fastai's, as in the other networks. */
const norm = {epsilon: 1.001e-5, momentum: 0.9};

/**
 * Modules, channels, and widths inside the modules of the four stages. Figure 2 of the paper gives modules and
 * channels; the widths are not published. Both inner widths double from stage to stage as the channels do, which leaves
 * two numbers free, and expansion : projection was tried at 1, 1.25, 1.5, 2, 2.5, 3 and 4. Each ratio has a width at
 * which parameters and multiplications are within 2% of those published (116.6 M and 2.26 G for 224x224 and 4 classes);
 * 3 : 2, with 50 and 75 in the first stage, is closest: 116.09 M (-0.4%) and 2.256 G (-0.2%).
 */
const stages = [
  {modules: 3, channels: 256, projection: 50, expansion: 75},
  {modules: 4, channels: 512, projection: 100, expansion: 150},
  {modules: 6, channels: 1024, projection: 200, expansion: 300},
  {modules: 3, channels: 2048, projection: 400, expansion: 600}
];

/**
 * COVID-Net, first version (Wang, Lin and Wong, 2020, arXiv:2003.09871v1, Figure 2). A stage begins with a long-range
 * 1x1 convolution of what the stage before put out. Every PEPX module takes the sum of it and of all modules before it
 * in the stage, and the sum of all goes on: written as a running sum, the figure's dense arcs are those of a residual
 * network.
 *
 * The paper names neither normalisation nor activations, and the network's definition is not published. In the graph
 * that the authors released, the modules' outputs are additions, `conv2_block1_out/add` to `conv5_block3_out/add`,
 * which are the names of Keras's ResNet-50-V2: here, too, batch norm and ReLU come before the convolutions (He et al.,
 * 2016), and the long-range path is linear. Resolution falls by max pooling, as in that network's stem, ahead of
 * long-range convolutions.
 *
 * Nobody publishes its weights from ImageNet, and the paper does not say how they were initialised: Keras's default it
 * is, Glorot and Bengio's uniform scheme.
 */
export const covidNet: Architecture = {
  id: "covid-net",
  title: "COVID-Net",
  paper: "Wang et al. 2020, arXiv:2003.09871v1",
  year: 2020,
  size: 224,
  preprocess: repeated,
  body,
  top: {embed: flatten, classify},
  groups: ["long_range_3"],
  featureLayer: "post_relu"
};

/** Images [n, h, w, 3] in [0, 1] to features [n, h/32, w/32, 2048]. */
function body(layers: Layers, images: tf.Tensor4D, mode: Mode): tf.Tensor4D {
  let x = layers.conv("conv1", images, mode, {filters: 64, kernel: 7, strides: 2});
  x = layers.relu("conv1_relu", layers.batchNorm("conv1_bn", x, mode, norm), mode);
  stages.forEach(({modules, channels, ...widths}, i) => {
    const stage = i + 1;
    // The stem's pooling overlaps as in ResNet (He et al., 2016).
    x = layers.maxPool(`pool${stage}`, x, mode, {size: stage === 1 ? 3 : 2, strides: 2, padding: "same"});
    x = layers.conv(`long_range_${stage}`, x, mode, {filters: channels, kernel: 1, bias: true});
    for (let module = 1; module <= modules; ++module) {
      const name = `pepx${stage}_${module}`;
      x = layers.sum(`${name}_sum`, x, pepx(layers, x, mode, {name, channels, ...widths}), mode);
    }
  });
  return layers.relu("post_relu", layers.batchNorm("post_bn", x, mode, norm), mode);
}

interface Pepx {
  name: string;
  channels: number;
  projection: number;
  expansion: number;
}

/** Projection, expansion, 3x3 depthwise convolution, projection, extension, each after batch norm and ReLU. */
function pepx(
  layers: Layers,
  input: tf.Tensor4D,
  mode: Mode,
  {name, channels, projection, expansion}: Pepx
): tf.Tensor4D {
  const activated = (step: string, x: tf.Tensor4D) =>
    layers.relu(`${name}_${step}_relu`, layers.batchNorm(`${name}_${step}_bn`, x, mode, norm), mode);
  const pointwise = (step: string, x: tf.Tensor4D, filters: number) =>
    layers.conv(`${name}_${step}`, x, mode, {filters, kernel: 1});
  let x = pointwise("project_1", activated("input", input), projection);
  x = pointwise("expand", activated("project_1", x), expansion);
  x = layers.depthwise(`${name}_depthwise`, activated("expand", x), mode, {kernel: 3});
  x = pointwise("project_2", activated("depthwise", x), projection);
  return layers.conv(`${name}_extend`, activated("project_2", x), mode, {filters: channels, kernel: 1, bias: true});
}

/** Features [n, h, w, c] to [n, h w c]: 100,352 values of images of 224x224. */
function flatten(features: tf.Tensor4D): tf.Tensor2D {
  return tf.reshape(features, [features.shape[0], -1]);
}

/**
 * Flattened features to logits through 1024 and 256 units, with the names of the released graph. There is no dropout.
 */
function classify(layers: Layers, flattened: tf.Tensor2D, mode: Mode, {classes}: {classes: number}): tf.Tensor2D {
  let x = layers.relu("dense_1_relu", layers.dense("dense_1", flattened, mode, {units: 1024}), mode);
  x = layers.relu("dense_2_relu", layers.dense("dense_2", x, mode, {units: 256}), mode);
  return layers.dense("dense_3", x, mode, {units: classes});
}
