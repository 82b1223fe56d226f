import * as tf from "@tensorflow/tfjs";

/** What a weight average remembers; saved in checkpoints. */
export interface AverageState {
  step: number;
  /** The averages of all variables, one after the other. */
  values: Float32Array;
}

/** Inputs of a step that calls `update`. */
export const averageInputs = {averageKeep: {shape: []}};

/**
 * An exponential moving average of a network's weights, which often predicts better than the weights themselves (Polyak
 * and Juditsky, 1992; Tarvainen and Valpola, 2017). It is debiased as Adam's moments are: the weights before the first
 * step have no share in it. All variables are one flat vector, so that few operations update them.
 */
export class WeightAverage {
  readonly averages: tf.Variable;
  private step = 0;

  /** @param decay share that the old average keeps, from 0 to below 1 */
  constructor(
    private readonly variables: readonly tf.Variable[],
    private readonly decay: number
  ) {
    this.averages = tf.tidy(() => tf.variable(flat(variables), false));
  }

  /** Begins another step: the number that its `update` needs. */
  next(): {averageKeep: number} {
    this.step += 1;
    const {decay, step} = this;
    return {averageKeep: (decay * (1 - decay ** (step - 1))) / (1 - decay ** step)};
  }

  /** Takes over the variables as they are now; leaves intermediate tensors to the caller's `tf.tidy`. */
  update({averageKeep}: Record<keyof typeof averageInputs, tf.Tensor>): void {
    const now = flat(this.variables);
    this.averages.assign(tf.add(now, tf.mul(averageKeep, tf.sub(this.averages, now))));
  }

  /** Exchanges variables and averages, to predict with the averages; a second time, all is as before, bit for bit. */
  exchange(): void {
    tf.tidy(() => {
      const now = flat(this.variables);
      const parts = tf.split(
        this.averages,
        this.variables.map(({size}) => size)
      );
      this.variables.forEach((variable, i) => variable.assign(tf.reshape(parts[i], variable.shape)));
      this.averages.assign(now);
    });
  }

  async save(): Promise<AverageState> {
    return {step: this.step, values: (await this.averages.data()) as Float32Array};
  }

  /** Goes on from a saved state, or begins again with the variables as they are where there is none. */
  restore(state: AverageState | null): void {
    this.step = state?.step ?? 0;
    tf.tidy(() => this.averages.assign(state ? tf.tensor1d(state.values) : flat(this.variables)));
  }

  dispose(): void {
    this.averages.dispose();
  }
}

const flat = (tensors: readonly tf.Tensor[]) => tf.concat(tensors.map((tensor) => tf.reshape(tensor, [-1])));
