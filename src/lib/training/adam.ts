import * as tf from "@tensorflow/tfjs";
import {adamUpdate} from "../engine/adam-update.js";
import type {StepSettings} from "./one-cycle.js";

/** What Adam remembers; saved in checkpoints. */
export interface AdamState {
  step: number;
  /** First and second moment of all gradients, one after the other. */
  m: Float32Array;
  v: Float32Array;
}

const [beta2, epsilon] = [0.99, 1e-8];

const scalar = {shape: []};

/** Inputs of a step that calls `update`: what changes from step to step, computed in double precision. */
export const adamInputs = {keep: scalar, add: scalar, rate: scalar, correction: scalar, decay: scalar};

type Scalars<T> = Record<keyof typeof adamInputs, T>;

/**
 * Adam (Kingma and Ba, 2015) with decoupled weight decay (Loshchilov and Hutter, 2019) and beta2 = 0.99, as fastai v1 sets it.
 * All variables are updated together as one flat vector: a few large operations in place of ten small ones for each variable.
 */
export class Adam {
  /** First and second moment of all gradients, one after the other. */
  readonly moments: readonly [m: tf.Variable, v: tf.Variable];
  private step = 0;
  private readonly sizes: number[];

  constructor(
    private readonly variables: readonly tf.Variable[],
    private readonly weightDecay: number
  ) {
    this.sizes = variables.map(({size}) => size);
    const total = this.sizes.reduce((a, b) => a + b, 0);
    const zeros = () => tf.tidy(() => tf.variable(tf.zeros([total]), false));
    this.moments = [zeros(), zeros()];
  }

  /** Applies one step; `gradients` are in the order of the variables. */
  apply(gradients: readonly tf.Tensor[], settings: StepSettings): void {
    const numbers = this.next(settings);
    tf.tidy(() => this.update(gradients, tensors(numbers)));
  }

  /** Begins another step: the numbers that its `update` needs. */
  next({rate, momentum: beta1}: StepSettings): Scalars<number> {
    this.step += 1;
    return {
      keep: beta1,
      add: 1 - beta1,
      rate: rate / (1 - beta1 ** this.step),
      correction: 1 - beta2 ** this.step,
      decay: 1 - rate * this.weightDecay
    };
  }

  /** The update as a function of tensors alone; leaves intermediate ones to the caller's `tf.tidy`. */
  update(gradients: readonly tf.Tensor[], numbers: Scalars<tf.Tensor>): void {
    const [m, v] = this.moments;
    const vectors = {values: flat(this.variables), gradient: flat(gradients), m, v};
    const next = adamUpdate(vectors, numbers, {beta2, epsilon});
    m.assign(next.m);
    v.assign(next.v);
    this.write(next.values);
  }

  async save(): Promise<AdamState> {
    const [m, v] = await Promise.all(this.moments.map((moment) => moment.data() as Promise<Float32Array>));
    return {step: this.step, m, v};
  }

  restore({step, m, v}: AdamState): void {
    this.step = step;
    tf.tidy(() => [m, v].forEach((values, i) => this.moments[i].assign(tf.tensor1d(values))));
  }

  dispose(): void {
    tf.dispose([...this.moments]);
  }

  private write(values: tf.Tensor): void {
    const parts = tf.split(values, this.sizes);
    this.variables.forEach((variable, i) => variable.assign(tf.reshape(parts[i], variable.shape)));
  }
}

const tensors = (numbers: Scalars<number>) =>
  Object.fromEntries(Object.entries(numbers).map(([name, value]) => [name, tf.scalar(value)])) as Scalars<tf.Scalar>;

const flat = (tensors: readonly tf.Tensor[]) => tf.concat(tensors.map((tensor) => tf.reshape(tensor, [-1])));
