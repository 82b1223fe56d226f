import * as tf from "@tensorflow/tfjs";
import type {StepSettings} from "./one-cycle.js";

/** What Adam remembers; saved in checkpoints. */
export interface AdamState {
  step: number;
  /** First and second moment of all gradients, one after the other. */
  m: Float32Array;
  v: Float32Array;
}

const [beta2, epsilon] = [0.99, 1e-8];

/**
 * Adam (Kingma and Ba, 2015) with decoupled weight decay (Loshchilov and Hutter, 2019) and beta2 = 0.99, as fastai v1 sets it.
 * All variables are updated together as one flat vector: a few large operations in place of ten small ones for each variable.
 */
export class Adam {
  private step = 0;
  private m: tf.Tensor1D;
  private v: tf.Tensor1D;
  private readonly sizes: number[];

  constructor(
    private readonly variables: readonly tf.Variable[],
    private readonly weightDecay: number
  ) {
    this.sizes = variables.map(({size}) => size);
    const total = this.sizes.reduce((a, b) => a + b, 0);
    this.m = tf.zeros([total]);
    this.v = tf.zeros([total]);
  }

  /** Applies one step; `gradients` are in the order of the variables. */
  apply(gradients: readonly tf.Tensor[], {rate, momentum: beta1}: StepSettings): void {
    this.step += 1;
    const [correct1, correct2] = [1 - beta1 ** this.step, 1 - beta2 ** this.step];
    const [m, v] = tf.tidy(() => {
      const gradient = flat(gradients);
      const m = tf.add(tf.mul(this.m, beta1), tf.mul(gradient, 1 - beta1)) as tf.Tensor1D;
      const v = tf.add(tf.mul(this.v, beta2), tf.mul(tf.square(gradient), 1 - beta2)) as tf.Tensor1D;
      const change = tf.div(tf.mul(m, rate / correct1), tf.add(tf.sqrt(tf.div(v, correct2)), epsilon));
      const decayed = tf.mul(flat(this.variables), 1 - rate * this.weightDecay);
      this.write(tf.sub(decayed, change));
      return [m, v];
    });
    tf.dispose([this.m, this.v]);
    [this.m, this.v] = [m, v];
  }

  async save(): Promise<AdamState> {
    const [m, v] = await Promise.all([this.m.data(), this.v.data()]);
    return {step: this.step, m: m as Float32Array, v: v as Float32Array};
  }

  restore({step, m, v}: AdamState): void {
    this.dispose();
    this.step = step;
    this.m = tf.tensor1d(m);
    this.v = tf.tensor1d(v);
  }

  dispose(): void {
    tf.dispose([this.m, this.v]);
  }

  private write(values: tf.Tensor): void {
    const parts = tf.split(values, this.sizes);
    this.variables.forEach((variable, i) => variable.assign(tf.reshape(parts[i], variable.shape)));
  }
}

const flat = (tensors: readonly tf.Tensor[]) => tf.concat(tensors.map((tensor) => tf.reshape(tensor, [-1])));
