import type * as tf from "@tensorflow/tfjs";
import type {Layers, Mode} from "./layers.js";
import {mobileNetV2} from "./mobilenet-v2.js";

/** A published weight file. */
export interface WeightFile {
  file: string;
  /** Where its publisher offers it. */
  url: string;
  /** Any of these SHA-256 digests is accepted. */
  sha256: readonly string[];
  licence: string;
}

/** Everything that the rest of the project needs to know of a network. */
export interface Architecture {
  id: string;
  title: string;
  paper: string;
  /** Maps grey values in [0, 1], [n, h, w, 1], to what the body was pretrained on, [n, h, w, 3]. */
  preprocess(images: tf.Tensor4D): tf.Tensor4D;
  /** Images to the last feature map. */
  body(layers: Layers, images: tf.Tensor4D, mode: Mode): tf.Tensor4D;
  /** The name of the body's last layer, which Grad-CAM explains. */
  featureLayer: string;
  imagenet: WeightFile;
}

/** To three equal channels in [-1, 1]: Keras's preprocessing mode 'tf'. */
const symmetric = (images: tf.Tensor4D) => images.mul(2).sub(1).tile([1, 1, 1, 3]) as tf.Tensor4D;

export const architectures: readonly Architecture[] = [
  {
    id: "mobilenetv2_0.35",
    title: "MobileNetV2 0.35",
    paper: "Sandler et al. 2018, arXiv:1801.04381",
    preprocess: symmetric,
    body: mobileNetV2(0.35),
    featureLayer: "out_relu",
    imagenet: {
      file: "mobilenet_v2_weights_tf_dim_ordering_tf_kernels_0.35_224_no_top.h5",
      url: "https://storage.googleapis.com/tensorflow/keras-applications/mobilenet_v2/mobilenet_v2_weights_tf_dim_ordering_tf_kernels_0.35_224_no_top.h5",
      sha256: ["1e5d54f08799dfb8de36d51c546c91a5539644ea8be0066aa4abc9d2dceba54a"],
      licence: "Apache-2.0"
    }
  }
];

export const modelIds = architectures.map(({id}) => id);

/** The architecture of that name. Study definitions are validated against `modelIds`, so a miss is a bug. */
export function architecture(id: string): Architecture {
  const found = architectures.find((a) => a.id === id);
  if (!found) throw new Error(`No architecture ${id}; there are ${modelIds.join(", ")}.`);
  return found;
}
