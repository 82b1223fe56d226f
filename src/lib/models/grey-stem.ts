import * as tf from "@tensorflow/tfjs";
import {mean as average} from "d3";
import type {Architecture, NamedWeights} from "./architecture.js";
import {standardisationOf} from "./preprocess.js";

/** What a three-channel preprocessing does, and the one-channel one that stands in for it. */
interface Standardisations {
  mean: number[];
  std: number[];
  centre: number;
  scale: number;
}

/**
 * The same network for one grey channel in place of three that say the same: the kernels of its first convolution, W[c]
 * of a channel with mean m[c] and deviation s[c], become one, `sum of W[c] scale / s[c]`, and the constant
 * `b = sum of W[c] (centre - m[c]) / s[c]` over taps and channels that is left moves into the batch norm that follows,
 * whose moving mean falls by b.
 *
 * In inference the features are the same, to rounding, where all channels are preprocessed alike (Xception,
 * MobileNetV2, EfficientNet-Lite0, COVID-Net: b is zero), and where the convolution does not pad. DenseNet and ResNeXt
 * standardise each channel by its own mean and pad by zeros afterwards, so that the border stands for another grey in
 * each channel, which no single channel can be: there, the outputs whose window reaches over the border differ, in
 * DenseNet's stem at 224 pixels three rows and columns of 112. In training it is a network of its own: Adam moves the
 * one kernel by the rate, where it moves the sum of three by three times the rate. A backend must have been started.
 */
export async function greyStem(architecture: Architecture): Promise<Architecture> {
  const {preprocess, imagenet} = architecture;
  const {mean, std} = await standardisationOf(preprocess);
  const standardisations = {mean, std, centre: average(mean)!, scale: average(std)!};
  const {centre, scale} = standardisations;
  return {
    ...architecture,
    preprocess: (images) => tf.div(tf.sub(images, centre), scale),
    imagenet: imagenet && {
      ...imagenet,
      convert: (weights) => greyWeights(imagenet.convert?.(weights) ?? weights, standardisations)
    }
  };
}

/** The weights with the stem's kernel, the only one of three input channels, summed over these. */
function greyWeights(weights: NamedWeights, standardisations: Standardisations): NamedWeights {
  const grey = new Map(weights);
  for (const [name, {shape, data}] of weights) {
    if (shape.length !== 4 || shape[2] !== 3) continue;
    const {kernel, constants} = sumOfChannels(data, shape[3], standardisations);
    grey.set(name, {shape: [shape[0], shape[1], 1, shape[3]], data: kernel});
    if (constants.every((constant) => constant === 0)) continue;
    // Keras's "conv1_conv" is followed by "conv1_bn".
    const norm = name.replace(/conv\/kernel$/, "bn/moving_mean");
    const moved = weights.get(norm)!;
    grey.set(norm, {...moved, data: moved.data.map((value, filter) => value - constants[filter])});
  }
  return grey;
}

/**
 * One kernel [k, k, 1, filters] for `data`, [k, k, 3, filters], and what a window within the image then lacks of every
 * filter.
 */
function sumOfChannels(data: Float32Array, filters: number, {mean, std, centre, scale}: Standardisations) {
  const kernel = new Float32Array(data.length / 3);
  const constants = new Float64Array(filters);
  data.forEach((weight, i) => {
    const filter = i % filters;
    const channel = Math.floor(i / filters) % 3;
    kernel[Math.floor(i / (3 * filters)) * filters + filter] += (weight * scale) / std[channel];
    constants[filter] += (weight * (centre - mean[channel])) / std[channel];
  });
  return {kernel, constants};
}
