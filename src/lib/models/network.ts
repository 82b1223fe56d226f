import * as tf from "@tensorflow/tfjs";
import type {Architecture, HeadOptions, NamedWeights, Top} from "./architecture.js";
import type {Initialise, Mode} from "./layers.js";
import {inference, Layers} from "./layers.js";
import {studyTop} from "./head.js";
import type {Initialisation} from "./initialisation.js";
import {startingWeights} from "./initialisation.js";
import {randomly} from "./initialise.js";
import {assign, loadWeights, readImageNet} from "./weights/load.js";

export interface NetworkOptions extends HeadOptions {
  /** Side of the square images, in pixels. Only a top without global pooling has weights that depend on it. */
  size: number;
}

/**
 * A body and its top, which is the study's head unless the architecture has one of its own. Body and head have their
 * own variables, so that each can be frozen, run or saved alone.
 */
export class Network {
  readonly body: Layers;
  readonly head: Layers;
  private readonly top: Top;

  constructor(
    readonly architecture: Architecture,
    readonly options: NetworkOptions,
    initialise: Initialise
  ) {
    this.body = new Layers(initialise);
    this.head = new Layers(initialise);
    this.top = architecture.top ?? studyTop;
    // One pass over an image creates every variable.
    tf.tidy(() => void this.logits(tf.zeros([1, options.size, options.size, 1]), inference));
  }

  /** Grey images in [0, 1], [n, h, w, 1], to the last feature map [n, h/32, w/32, c]. */
  features(images: tf.Tensor4D, mode: Mode): tf.Tensor4D {
    return this.architecture.body(this.body, this.architecture.preprocess(images), mode);
  }

  /** The last feature map as the vectors [n, f] that `classify` takes. */
  embed(features: tf.Tensor4D): tf.Tensor2D {
    return this.top.embed(features);
  }

  /** Embedded features [n, f] to logits [n, classes]. */
  classify(embedded: tf.Tensor2D, mode: Mode): tf.Tensor2D {
    return this.top.classify(this.head, embedded, mode, this.options);
  }

  logits(images: tf.Tensor4D, mode: Mode): tf.Tensor2D {
    return this.classify(this.embed(this.features(images, mode)), mode);
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

/**
 * A network as a run starts it: the body as the initialisation says, the head at random.
 * @throws UserError where the initialisation needs weights that are not here or do not fit, or names no layer
 */
export async function createNetwork(
  architecture: Architecture,
  {initialisation, seed, ...options}: NetworkOptions & {initialisation: Initialisation; seed: number}
): Promise<Network> {
  const network = new Network(architecture, options, randomly(seed, architecture.scheme));
  if (initialisation === "random") return network;
  try {
    const {variables} = network.body;
    const imagenet = await readImageNet(architecture, variables);
    assign(variables, startingWeights(initialisation, imagenet, {order: [...variables.keys()], seed}));
    return network;
  } catch (error) {
    network.dispose();
    throw error;
  }
}
