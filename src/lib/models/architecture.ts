import type * as tf from "@tensorflow/tfjs";
import type {Random} from "../measures/random.js";
import type {Layers, Mode} from "./layers.js";

/** Weights by "layer/weight", row-major. */
export type NamedWeights = Map<string, {shape: number[]; data: Float32Array}>;

/** A published weight file. */
export interface WeightFile {
  file: string;
  /** Where its publisher offers it. */
  url: string;
  format: "keras" | "safetensors";
  /** Any of these is accepted, "md5:..." or "sha256:..."; empty where the publisher names none. */
  digests: readonly string[];
  licence: string;
  /**
   * Weights as the file names and lays them out, without a top, to this project's names and layouts; absent where they
   * agree.
   */
  convert?(weights: NamedWeights): NamedWeights;
  /** The name and shape under which the file holds a weight that `convert` lays out anew. */
  layout?(name: string, shape: number[]): {name: string; shape: number[]};
}

/** Inputs of one output value of a kernel, and outputs of one input value, apart from strides. */
export interface Fans {
  in: number;
  out: number;
}

/** How a paper draws the values of a kernel. */
export type Scheme = (fans: Fans) => (random: Random) => number;

/** What a top is made for. */
export interface HeadOptions {
  classes: number;
  /** The share of the last layer's inputs that is dropped while training. */
  dropout: number;
}

/** What turns the last feature map into logits. */
export interface Top {
  /** Reduces a feature map [n, h, w, c] to a vector [n, f], without weights of its own. */
  embed(features: tf.Tensor4D): tf.Tensor2D;
  /** Vectors [n, f] to logits [n, classes]. */
  classify(layers: Layers, embedded: tf.Tensor2D, mode: Mode, options: HeadOptions): tf.Tensor2D;
}

/** Everything that the rest of the project needs to know of a network. */
export interface Architecture {
  id: string;
  title: string;
  paper: string;
  year: number;
  /** Side of the square images that it was published for, in pixels. */
  size: number;
  /** Maps grey values in [0, 1], [n, h, w, 1], to what the body was pretrained on, [n, h, w, 3]. */
  preprocess(images: tf.Tensor4D): tf.Tensor4D;
  /** Images to the last feature map. */
  body(layers: Layers, images: tf.Tensor4D, mode: Mode): tf.Tensor4D;
  /** Its paper's own top; absent where it gets the study's head. */
  top?: Top;
  /**
   * The first layer of every parameter group of the body but the lowest, from the input upwards: where learning rates
   * change and freezing may end. The head is a group of its own.
   */
  groups: readonly string[];
  /** The name of the body's last layer, which Grad-CAM explains. */
  featureLayer: string;
  /** How its paper draws the kernels of an untrained body; Glorot's uniform scheme, Keras's, where this is absent. */
  scheme?: Scheme;
  /** Absent where nobody publishes weights from ImageNet. */
  imagenet?: WeightFile;
}
