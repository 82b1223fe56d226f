import type * as tf from "@tensorflow/tfjs";
import type {Type} from "./graph.js";

/** What a step is given anew every time. */
export interface Input {
  shape: readonly number[];
  /** Default: float32. */
  dtype?: Type;
}

/**
 * A piece of work that is done many times: a plain function of tensors to named tensors, which may compute gradients
 * and assign variables. It must take everything that changes from its inputs, and decide nothing by the values of
 * tensors.
 */
export interface Step<I extends string = string, O extends string = string> {
  inputs: Readonly<Record<I, Input>>;
  run(inputs: Record<I, tf.Tensor>): Record<O, tf.Tensor>;
}

/** Makes a step, for its types. */
export const step = <I extends string, O extends string>(
  inputs: Record<I, Input>,
  run: (inputs: Record<I, tf.Tensor>) => Record<O, tf.Tensor>
): Step<I, O> => ({inputs, run});

export type Steps = Readonly<Record<string, Step>>;

/** A value of an input. */
export type Feed = tf.Tensor | tf.TypedArray | number;

/** Steps that share variables, ready to run. */
export interface Program<S extends Steps> {
  /** Runs a step and returns its outputs, which the caller disposes. Gradients and assignments are done on return. */
  run<Name extends keyof S & string>(
    name: Name,
    feeds: Readonly<Record<keyof S[Name]["inputs"], Feed>>
  ): ReturnType<S[Name]["run"]>;
  /**
   * Brings the values that steps assigned to the variables, bit for bit. Without it, the variables may be out of date.
   */
  read(): void;
  /** Takes over the values of the variables, bit for bit, after they were assigned outside of steps. */
  write(): void;
  /** Releases what the program holds. The variables keep what they had at the last `read`. */
  dispose(): void;
}
