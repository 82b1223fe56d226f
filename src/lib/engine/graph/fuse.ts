/**
 * Convolutions that take the batch norm and the activation after them along, as TensorFlow's own kernels for a
 * processor. What becomes superfluous by it stays in the graph, where TensorFlow prunes it.
 */
import type {Graph} from "./graph.js";
import {types} from "./graph.js";
import type {Attribute} from "./protobuf.js";

/** A node to be. */
export interface Operation {
  op: string;
  inputs: readonly string[];
  attributes: Readonly<Record<string, Attribute>>;
}

/**
 * One operation for two, exact but for rounding: `after` is a batch norm by given statistics or an activation, `before`
 * what made its first input; undefined where there is no such operation.
 * @param filterShape of a depthwise convolution
 */
export function fuse(after: Operation, before: Operation, filterShape: readonly number[], graph: Graph) {
  const {op} = after;
  if (op === "FusedBatchNorm" && before.op === "Conv2D") return withBatchNorm(after, before);
  if (op === "FusedBatchNorm" && before.op === "DepthwiseConv2dNative") {
    // TensorFlow's fused depthwise convolution knows no such padding.
    if (isPaddedExplicitly(before.attributes)) return undefined;
    return withFoldedBatchNorm(after, before, filterShape, graph);
  }
  const fused = before.attributes.fused_ops;
  if ((op !== "Relu" && op !== "Relu6") || !fused || !("strings" in fused) || fused.strings.length > 1)
    return undefined;
  return {...before, attributes: {...before.attributes, fused_ops: {strings: [...fused.strings, op]}}};
}

/** Whether an operation names the pixels that it pads by. */
export const isPaddedExplicitly = ({padding}: Operation["attributes"]): boolean =>
  padding !== undefined && "string" in padding && padding.string === "EXPLICIT";

function withBatchNorm(norm: Operation, convolution: Operation): Operation {
  const statistics = norm.inputs.slice(1);
  return {
    op: "_FusedConv2D",
    inputs: [...convolution.inputs, ...statistics],
    attributes: {
      ...convolution.attributes,
      epsilon: norm.attributes.epsilon,
      num_args: {int: statistics.length},
      TArgs: {types: statistics.map(() => types.float32)},
      fused_ops: {strings: [norm.op]}
    }
  };
}

/** TensorFlow has no such kernel with a batch norm, but one with a bias: the small filter takes the scale. */
function withFoldedBatchNorm(norm: Operation, convolution: Operation, filterShape: readonly number[], graph: Graph) {
  const [x, filter] = convolution.inputs;
  const {scale, shift} = scaleAndShift(norm.inputs.slice(1), norm.attributes.epsilon, graph);
  const channels = graph.constant(Int32Array.from(filterShape.slice(2)), "int32", [2]);
  const scales = graph.add("Reshape", [scale, channels], {T, Tshape: {type: types.int32}});
  const attributes = {...convolution.attributes, num_args: {int: 1}, fused_ops: {strings: ["BiasAdd"]}};
  return {
    op: "_FusedDepthwiseConv2dNative",
    inputs: [x, graph.add("Mul", [filter, scales], {T}), shift],
    attributes
  };
}

const T = {type: types.float32};

/** What a batch norm by given statistics multiplies every channel with and then adds to it. */
export function scaleAndShift([gamma, beta, mean, variance]: readonly string[], epsilon: Attribute, graph: Graph) {
  const add = (op: string, ...inputs: string[]) => graph.add(op, inputs, {T});
  const constant = graph.constant(Float32Array.of("float" in epsilon ? epsilon.float : 0), "float32", []);
  const scale = add("Mul", gamma, add("Rsqrt", add("Add", variance, constant)));
  return {scale, shift: add("Sub", beta, add("Mul", mean, scale))};
}
