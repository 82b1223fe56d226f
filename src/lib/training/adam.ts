import * as tf from "@tensorflow/tfjs";
import {adamUpdate} from "../engine/adam-update.js";
import type {StepSettings} from "./one-cycle.js";

/** What Adam remembers; saved in checkpoints. */
export interface AdamState {
  step: number;
  /** First and second moment of every group, in turn, each as one flat vector. */
  moments: Float32Array[];
}

/** Variables that share a learning rate. */
export interface ParameterGroup {
  variables: readonly tf.Variable[];
  /** The group's rate as a share of the step's. */
  share: number;
}

export interface AdamOptions {
  /** Decoupled (Loshchilov and Hutter, 2019). Default: 0. */
  weightDecay?: number;
  /** The most that the norm of all gradients together may be; longer ones are scaled down (Pascanu et al., 2013). */
  clip?: number;
}

const [beta2, epsilon] = [0.99, 1e-8];

const scalar = {shape: []};

/** Inputs of a step that calls `update`: what changes from step to step, computed in double precision. */
export const adamInputs = {keep: scalar, add: scalar, rate: scalar, correction: scalar, decay: scalar};

type Scalars<T> = Record<keyof typeof adamInputs, T>;

/**
 * Adam (Kingma and Ba, 2015) with decoupled weight decay and beta2 = 0.99, as fastai v1 sets it. The variables of a
 * group are updated together as one flat vector: a few large operations in place of ten small ones for each variable.
 */
export class Adam {
  /** First and second moment of every group, in turn. */
  readonly moments: readonly tf.Variable[];
  readonly variables: readonly tf.Variable[];
  private step = 0;

  constructor(
    private readonly groups: readonly ParameterGroup[],
    private readonly options: AdamOptions = {}
  ) {
    this.variables = groups.flatMap(({variables}) => variables);
    const [first, second] = [this.zeros(), this.zeros()];
    this.moments = first.flatMap((m, i) => [m, second[i]]);
  }

  /** A vector of zeros for every group, as long as the group's variables together. */
  zeros(): tf.Variable[] {
    const size = ({variables}: ParameterGroup) => variables.reduce((sum, {size}) => sum + size, 0);
    return this.groups.map((group) => tf.tidy(() => tf.variable(tf.zeros([size(group)]), false)));
  }

  /** Gradients in the order of the variables, as one vector for every group. */
  flatten(gradients: readonly tf.Tensor[]): tf.Tensor[] {
    let from = 0;
    return this.groups.map(({variables}) => flat(gradients.slice(from, (from += variables.length))));
  }

  /** Applies one step; `gradients` are in the order of the variables. */
  apply(gradients: readonly tf.Tensor[], settings: StepSettings): void {
    const numbers = this.next(settings);
    tf.tidy(() => void this.update(this.flatten(gradients), tensors(numbers)));
  }

  /** Begins another step: the numbers that its `update` needs. */
  next({rate, momentum: beta1}: StepSettings): Scalars<number> {
    this.step += 1;
    return {
      keep: beta1,
      add: 1 - beta1,
      rate: rate / (1 - beta1 ** this.step),
      correction: 1 - beta2 ** this.step,
      decay: rate * (this.options.weightDecay ?? 0)
    };
  }

  /**
   * The update as a function of tensors alone, of flattened gradients; leaves intermediate ones to the caller's
   * `tf.tidy`.
   * @returns the norm of all gradients together, before it was clipped
   */
  update(gradients: readonly tf.Tensor[], numbers: Scalars<tf.Tensor>): tf.Scalar {
    const norm = tf.sqrt(tf.addN(gradients.map((gradient) => tf.sum(tf.square(gradient))))) as tf.Scalar;
    const {clip} = this.options;
    const shrink = clip === undefined ? undefined : tf.minimum(tf.div(clip, tf.add(norm, 1e-12)), 1);
    gradients.forEach((gradient, i) => this.updateGroup(i, shrink ? tf.mul(gradient, shrink) : gradient, numbers));
    return norm;
  }

  private updateGroup(index: number, gradient: tf.Tensor, numbers: Scalars<tf.Tensor>): void {
    const {variables, share} = this.groups[index];
    const [m, v] = this.moments.slice(2 * index);
    const own = {
      ...numbers,
      rate: tf.mul(numbers.rate, share),
      decay: tf.sub(1, tf.mul(numbers.decay, share))
    };
    const next = adamUpdate({values: flat(variables), gradient, m, v}, own, {beta2, epsilon});
    m.assign(next.m);
    v.assign(next.v);
    write(variables, next.values);
  }

  async save(): Promise<AdamState> {
    const moments = await Promise.all(this.moments.map((moment) => moment.data() as Promise<Float32Array>));
    return {step: this.step, moments};
  }

  /** Goes on from a saved state, or forgets everything where there is none. */
  restore(state: AdamState | null): void {
    this.step = state?.step ?? 0;
    tf.tidy(() =>
      this.moments.forEach((moment, i) =>
        moment.assign(state ? tf.tensor1d(state.moments[i]) : tf.zerosLike(moment as tf.Tensor1D))
      )
    );
  }

  dispose(): void {
    tf.dispose([...this.moments]);
  }
}

function write(variables: readonly tf.Variable[], values: tf.Tensor): void {
  const parts = tf.split(
    values,
    variables.map(({size}) => size)
  );
  variables.forEach((variable, i) => variable.assign(tf.reshape(parts[i], variable.shape)));
}

const tensors = (numbers: Scalars<number>) =>
  Object.fromEntries(Object.entries(numbers).map(([name, value]) => [name, tf.scalar(value)])) as Scalars<tf.Scalar>;

const flat = (tensors: readonly tf.Tensor[]) => tf.concat(tensors.map((tensor) => tf.reshape(tensor, [-1])));
