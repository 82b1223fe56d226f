/**
 * Pointwise (1x1) convolutions as products of matrices. Where maps are small and channels many, oneDNN's products are
 * faster than its convolutions: bench/README.md has the figures.
 */
import type {Operation} from "./fuse.js";
import {isPaddedExplicitly, scaleAndShift} from "./fuse.js";
import type {Graph} from "./graph.js";
import {types} from "./graph.js";

/** It pays for at most so many positions in all images of a batch, and for at least so many channels on both sides. */
const [mostRows, fewestChannels] = [4096, 256];

type Shape = readonly number[];

const T = {type: types.float32};

/**
 * A convolution or one of its gradients as another operation with the same output; undefined where it is neither or
 * where that does not pay.
 * @param shapes of the operation's inputs
 * @param output its shape
 */
export function asProduct(operation: Operation, shapes: readonly Shape[], output: Shape, graph: Graph) {
  const {op} = operation;
  if (!/^(_Fused)?Conv2D/.test(op)) return undefined;
  const images = op === "Conv2DBackpropInput" ? output : shapes[0];
  const filter = op === "Conv2DBackpropFilter" ? output : shapes[1];
  if (!isPointwise(operation, images, filter)) return undefined;
  const [rows, [depth, channels]] = [images[0] * images[1] * images[2], filter.slice(2)];
  if (rows > mostRows || Math.min(depth, channels) < fewestChannels) return undefined;
  const product = multiply(operation, {rows, depth, channels}, graph);
  return {op: "Reshape", ...reshaping(product, output, graph)};
}

function isPointwise({attributes}: Operation, images: Shape, [height, width, depth]: Shape): boolean {
  const {strides} = attributes;
  const dense = "ints" in strides && strides.ints.every((stride) => stride === 1);
  return height === 1 && width === 1 && depth === images[3] && dense && !isPaddedExplicitly(attributes);
}

interface Sizes {
  rows: number;
  depth: number;
  channels: number;
}

function multiply({op, inputs, attributes}: Operation, {rows, depth, channels}: Sizes, graph: Graph): string {
  const matrix = (output: string, ...shape: [number, number]) => {
    const {inputs, attributes} = reshaping(output, shape, graph);
    return graph.add("Reshape", inputs, attributes);
  };
  const product = (a: string, b: string, transposeA: boolean, transposeB: boolean) =>
    graph.add("MatMul", [a, b], {T, transpose_a: {bool: transposeA}, transpose_b: {bool: transposeB}});
  if (op === "Conv2DBackpropFilter") {
    return product(matrix(inputs[0], rows, depth), matrix(inputs[2], rows, channels), true, false);
  }
  const weights = matrix(inputs[1], depth, channels);
  if (op === "Conv2DBackpropInput") return product(matrix(inputs[2], rows, channels), weights, false, true);
  const images = matrix(inputs[0], rows, depth);
  if (op === "Conv2D") return product(images, weights, false, false);
  const {scale, shift} = scaleAndShift(inputs.slice(2), attributes.epsilon, graph);
  const [, ...activation] = "strings" in attributes.fused_ops ? attributes.fused_ops.strings : [];
  return graph.add("_FusedMatMul", [images, graph.add("Mul", [weights, scale], {T}), shift], {
    T,
    num_args: {int: 1},
    fused_ops: {strings: ["BiasAdd", ...activation]}
  });
}

const reshaping = (output: string, shape: Shape, graph: Graph) => ({
  inputs: [output, graph.constant(Int32Array.from(shape), "int32", [shape.length])],
  attributes: {T, Tshape: {type: types.int32}}
});
