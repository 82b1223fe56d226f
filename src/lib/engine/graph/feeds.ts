import * as tf from "@tensorflow/tfjs";
import type {Feed, Step} from "./step.js";

/**
 * The tensors of a step's inputs, in their order; to be called in a `tf.tidy`. Throws an Error where one does not fit.
 */
export function feedTensors(
  name: string,
  {inputs}: Step,
  feeds: Readonly<Record<string, Feed>>
): Record<string, tf.Tensor> {
  const entries = Object.entries(inputs).map(([input, {shape, dtype = "float32"}]) => {
    const feed = feeds[input];
    if (feed === undefined) throw new Error(`The step "${name}" was not given its input "${input}".`);
    const tensor = feed instanceof tf.Tensor ? feed : tf.tensor(feed, [...shape], dtype);
    if (tensor.dtype === dtype && tf.util.arraysEqual(tensor.shape, [...shape])) return [input, tensor] as const;
    throw new Error(
      `The step "${name}" takes "${input}" as ${dtype} [${shape}] and was given ${tensor.dtype} [${tensor.shape}].`
    );
  });
  return Object.fromEntries(entries);
}
