import * as tf from "@tensorflow/tfjs";
import type {Mode} from "../models/layers.js";
import type {Network} from "../models/network.js";

/**
 * Where numbers stop being finite in a network, in words: in the first of its weights, from the input upwards, or else
 * in the first layer.
 * @param forward a pass as in training
 */
export function whereNotFinite(network: Network, forward: (mode: Mode) => unknown): string {
  const bad = [...network.variables].find(([, variable]) => !isFinite(variable));
  if (bad) return `the weights ${bad[0]}`;
  let layer: string | undefined;
  const tap = (name: string, output: tf.Tensor) => {
    if (layer === undefined && !isFinite(output)) layer = name;
    return output;
  };
  tf.tidy(() => void forward({training: true, tap}));
  return layer ? `the layer ${layer}` : "the loss or its gradient";
}

const isFinite = (tensor: tf.Tensor): boolean => tf.tidy(() => tf.all(tf.isFinite(tensor))).dataSync()[0] === 1;
