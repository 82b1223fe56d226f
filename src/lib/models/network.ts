import * as tf from "@tensorflow/tfjs";
import type {Initialise, Mode} from "./layers.js";
import {inference, Layers} from "./layers.js";
import type {HeadOptions} from "./head.js";
import {head, pool} from "./head.js";
import {randomly} from "./initialise.js";
import type {NamedWeights} from "./keras-weights.js";
import {loadWeights, locateWeights, readKerasWeights} from "./keras-weights.js";
import type {Architecture} from "./registry.js";

export type Initialisation = "imagenet" | "random";

/** A body and the study's head. Body and head have their own variables, so that each can be frozen, run or saved alone. */
export class Network {
  readonly body: Layers;
  readonly head: Layers;

  constructor(
    readonly architecture: Architecture,
    readonly options: HeadOptions,
    initialise: Initialise
  ) {
    this.body = new Layers(initialise);
    this.head = new Layers(initialise);
    // One pass over the smallest image that leaves a feature map creates every variable.
    tf.tidy(() => this.logits(tf.zeros([1, 32, 32, 1]), inference));
  }

  /** Grey images in [0, 1], [n, h, w, 1], to the last feature map [n, h/32, w/32, c]. */
  features(images: tf.Tensor4D, mode: Mode): tf.Tensor4D {
    return this.architecture.body(this.body, this.architecture.preprocess(images), mode);
  }

  /** Pooled features [n, 2c] to logits [n, classes]. */
  classify(pooled: tf.Tensor2D, mode: Mode): tf.Tensor2D {
    return head(this.head, pooled, mode, this.options);
  }

  logits(images: tf.Tensor4D, mode: Mode): tf.Tensor2D {
    return this.classify(pool(this.features(images, mode)), mode);
  }

  /** All variables, body first, by "layer/weight". */
  get variables(): Map<string, tf.Variable> {
    return new Map([...this.body.variables, ...this.head.variables]);
  }

  /** Copies every variable out of the backend. */
  async save(): Promise<NamedWeights> {
    const entries = [...this.variables].map(
      async ([name, variable]) =>
        [name, {shape: variable.shape, data: (await variable.data()) as Float32Array}] as const
    );
    return new Map(await Promise.all(entries));
  }

  load(weights: NamedWeights, origin: string): void {
    loadWeights(this.variables, weights, origin);
  }

  dispose(): void {
    this.body.dispose();
    this.head.dispose();
  }
}

/** A network as a run starts it: body from ImageNet or at random, head at random. */
export async function createNetwork(
  architecture: Architecture,
  {initialisation, seed, ...options}: HeadOptions & {initialisation: Initialisation; seed: number}
): Promise<Network> {
  const network = new Network(architecture, options, randomly(seed));
  if (initialisation === "imagenet") {
    const {path} = locateWeights(architecture.imagenet);
    loadWeights(network.body.variables, await readKerasWeights(path), path);
  }
  return network;
}
