import * as tf from "@tensorflow/tfjs";

/** The part of tfjs-node's backend that runs any operation of TensorFlow by its name. */
interface TensorflowBackend extends tf.KernelBackend {
  binding: Record<
    "TF_ATTR_TYPE" | "TF_ATTR_FLOAT" | "TF_ATTR_INT" | "TF_ATTR_BOOL" | "TF_ATTR_STRING" | "TF_FLOAT" | "TF_INT32",
    number
  >;
  executeMultipleOutputs(name: string, attributes: object[], inputs: tf.TensorInfo[], outputs: number): tf.Tensor[];
}

/**
 * Attributes of an operation: "float32" and "int32" stand for those types, other text is a string, a number is a float,
 * a list is of integers.
 */
export type Attributes = Record<string, "float32" | "int32" | "NHWC" | "SAME" | "VALID" | number | number[] | boolean>;

/**
 * Runs one of TensorFlow's operations on the backend `tensorflow`, which must be active.
 * See TensorFlow's op registry for names, attributes and outputs.
 */
export function runTensorflow(name: string, inputs: tf.TensorInfo[], attributes: Attributes, outputs = 1): tf.Tensor[] {
  const backend = tf.backend() as TensorflowBackend;
  const {binding} = backend;
  const typed = Object.entries(attributes).map(([name, value]) => {
    if (value === "float32") return {name, type: binding.TF_ATTR_TYPE, value: binding.TF_FLOAT};
    if (value === "int32") return {name, type: binding.TF_ATTR_TYPE, value: binding.TF_INT32};
    if (Array.isArray(value)) return {name, type: binding.TF_ATTR_INT, value};
    if (typeof value === "boolean") return {name, type: binding.TF_ATTR_BOOL, value};
    return {name, type: typeof value === "number" ? binding.TF_ATTR_FLOAT : binding.TF_ATTR_STRING, value};
  });
  return backend.executeMultipleOutputs(name, typed, inputs, outputs);
}
