import * as tf from "@tensorflow/tfjs";
import type {HeadOptions, Top} from "./architecture.js";
import type {Layers, Mode} from "./layers.js";

const norm = {epsilon: 1e-5, momentum: 0.9};

/** How feature maps are pooled, in fastai's order. */
export const pooling = ["max", "mean"] as const;

/** Concatenated global pooling: [n, h, w, c] to [n, 2c]. */
export function pool(features: tf.Tensor4D): tf.Tensor2D {
  return tf.concat(
    pooling.map((reduce) => tf[reduce](features, [1, 2])),
    1
  ) as tf.Tensor2D;
}

/**
 * The head of the 2020 study, which is fastai v1's (`create_head`): pooled features [n, 2c] to logits [n, classes]
 * through batch norm, dropout, 512 units, ReLU, batch norm, dropout. The first dropout is half as strong as the last.
 */
function head(layers: Layers, pooled: tf.Tensor2D, mode: Mode, {classes, dropout}: HeadOptions): tf.Tensor2D {
  let x = layers.batchNorm("head_bn_1", pooled, mode, norm);
  x = layers.dropout("head_dropout_1", x, mode, {rate: dropout / 2});
  x = layers.relu("head_relu", layers.dense("head_dense", x, mode, {units: 512}), mode);
  x = layers.batchNorm("head_bn_2", x, mode, norm);
  x = layers.dropout("head_dropout_2", x, mode, {rate: dropout});
  return layers.dense("head_logits", x, mode, {units: classes});
}

/** The top of every network that has none of its own. */
export const studyTop: Top = {embed: pool, classify: head};
