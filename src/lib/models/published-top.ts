import * as tf from "@tensorflow/tfjs";
import {UserError} from "../support/errors.js";
import type {Architecture, Top} from "./architecture.js";
import {Network} from "./network.js";
import {readWeightFile} from "./weights/load.js";
import {weightFileOf} from "./weights/locate.js";

/** Global average pooling and one linear layer, with timm's name. */
const top: Top = {
  embed: (features) => tf.mean(features, [1, 2]) as tf.Tensor2D,
  classify: (layers, embedded, mode, {classes}) => layers.dense("classifier", embedded, mode, {units: classes})
};

/**
 * A network as its publisher trained it on ImageNet, with the top of its own.
 * @throws UserError where the weight file is missing, not the published one or without a top
 */
export async function publishedNetwork(architecture: Architecture): Promise<Network> {
  const {path, content} = await readWeightFile(architecture);
  const weights = weightFileOf(architecture).convert?.(content) ?? content;
  const classes = weights.get("classifier/kernel")?.shape[1];
  if (!classes) throw new UserError(`The weights of ${architecture.title} in ${path} are published without a top.`);
  const network = new Network({...architecture, top}, {classes, size: 32, dropout: 0}, (_, shape) => tf.zeros(shape));
  network.load(weights, path);
  return network;
}
