/**
 * Every operation that a compiled step may consist of, one row each: the shapes of its outputs as a function of its
 * inputs and attributes, and their type where it is not that of the first input. Shapes are TensorFlow's op registry's.
 */
import * as tf from "@tensorflow/tfjs";
import {CompileError} from "./compile-error.js";
import type {Type} from "./graph.js";

/** An input as far as it is known while recording. */
export interface Operand {
  shape: readonly number[];
  dtype: Type;
  /** Of a constant. */
  values?: ArrayLike<number>;
}

type Shape = readonly number[];
export type AttributeValue = number | readonly number[] | boolean | string;
export type Attributes = Readonly<Record<string, AttributeValue>>;

interface Rule {
  /** The shape of the only output, or a list of shapes. */
  shape(inputs: readonly Operand[], attributes: Attributes): Shape | Shape[];
  /** A type, or the name of the attribute that has it; default: the first input's. */
  type?: Type | {attribute: string};
  /** The attribute T is the first input's type, which tfjs-node's kernel leaves to TensorFlow to find out. */
  infersT?: true;
}

const same =
  (index = 0): Rule["shape"] =>
  (inputs) =>
    inputs[index].shape;
/** The shape that an input holds as its value. */
const valueOf =
  (index: number): Rule["shape"] =>
  (inputs) =>
    Array.from(inputs[index].values!);
const broadcast: Rule["shape"] = ([a, b]) => tf.broadcast_util.assertAndGetBroadcastShape([...a.shape], [...b.shape]);
const axesOf = (values: ArrayLike<number>, rank: number) => new Set(Array.from(values, (axis) => (axis + rank) % rank));

const reduced: Rule["shape"] = ([x, axes], {keep_dims}) => {
  const gone = axesOf(axes.values!, x.shape.length);
  return x.shape.flatMap((size, axis) => (gone.has(axis) ? (keep_dims ? [1] : []) : [size]));
};

const withoutAxis: Rule["shape"] = ([x, axis]) =>
  x.shape.filter((_, i) => !axesOf(axis.values!, x.shape.length).has(i));

/** How many pixels are added before and after rows and columns; TensorFlow's own rule for SAME needs none named. */
function paddingsOf({padding, explicit_paddings}: Attributes, axis: number): number {
  if (padding === "VALID") return 0;
  const around = explicit_paddings as Shape | undefined;
  if (padding === "EXPLICIT" && around) return around[2 * axis] + around[2 * axis + 1];
  throw new CompileError(`Padding by ${String(padding)} cannot be compiled: use "same", "valid", or tf.pad before.`);
}

/** Rows and columns [n, h, w, c] that a window of a given size leaves; a stride's rest at the end is left out. */
function windowed([batch, ...size]: Shape, filter: Shape, channels: number, attributes: Attributes): Shape {
  const {strides, padding, dilations, data_format = "NHWC"} = attributes;
  if (data_format !== "NHWC") throw new CompileError(`Images as ${String(data_format)} cannot be compiled: use NHWC.`);
  const [rows, columns] = [1, 2].map((axis) => {
    const [pixels, stride] = [size[axis - 1], (strides as Shape)[axis]];
    if (padding === "SAME") return Math.ceil(pixels / stride);
    const extent = (filter[axis - 1] - 1) * ((dilations as Shape | undefined)?.[axis] ?? 1) + 1;
    const rest = pixels + paddingsOf(attributes, axis) - extent;
    if (rest >= 0) return Math.floor(rest / stride) + 1;
    throw new CompileError(`A window of ${extent} pixels does not fit into ${pixels} with their padding.`);
  });
  return [batch, rows, columns, channels];
}

/** The shape that an input holds as its value, where the gradient's padding is one that TensorFlow can be told. */
const unpadded =
  (index: number): Rule["shape"] =>
  (inputs, attributes) => {
    if (attributes.padding !== "SAME") paddingsOf(attributes, 1);
    return valueOf(index)(inputs, attributes);
  };

const pooled: Rule["shape"] = ([x], attributes) =>
  windowed(x.shape, (attributes.ksize as Shape).slice(1), x.shape[3], attributes);

function product([a, b]: readonly Operand[], {adj_x, adj_y}: Attributes): Shape {
  const [rows, columns] = [a.shape.at(adj_x ? -1 : -2)!, b.shape.at(adj_y ? -2 : -1)!];
  const batch = tf.broadcast_util.assertAndGetBroadcastShape([...a.shape.slice(0, -2)], [...b.shape.slice(0, -2)]);
  return [...batch, rows, columns];
}

function joined(inputs: readonly Operand[]): Shape {
  const parts = inputs.slice(0, -1).map(({shape}) => shape);
  const [axis] = axesOf(inputs.at(-1)!.values!, parts[0].length);
  return parts[0].map((size, i) => (i === axis ? parts.reduce((sum, shape) => sum + shape[i], 0) : size));
}

function split([x, sizes, at]: readonly Operand[]): Shape[] {
  const [axis] = axesOf(at.values!, x.shape.length);
  return Array.from(sizes.values!, (size) => x.shape.map((all, i) => (i === axis ? size : all)));
}

function inserted(shape: Shape, axis: number, size: number): Shape {
  const at = axis < 0 ? axis + shape.length + 1 : axis;
  return [...shape.slice(0, at), size, ...shape.slice(at)];
}

/** A size of -1 stands for what is left. */
function reshaped([x, sizes]: readonly Operand[]): Shape {
  const wanted = Array.from(sizes.values!);
  const known = wanted.reduce((all, size) => (size < 0 ? all : all * size), 1);
  return wanted.map((size) => (size < 0 ? tf.util.sizeFromShape([...x.shape]) / known : size));
}

const slice: Rule["shape"] = ([x, begin, size]) =>
  Array.from(size.values!, (count, i) => (count < 0 ? x.shape[i] - begin.values![i] : count));
const padded: Rule["shape"] = ([x, paddings]) =>
  x.shape.map((size, i) => size + paddings.values![2 * i] + paddings.values![2 * i + 1]);

function gathered([x, indices, at]: readonly Operand[], {batch_dims = 0}: Attributes): Shape {
  const [axis] = axesOf(at.values!, x.shape.length);
  return [...x.shape.slice(0, axis), ...indices.shape.slice(Number(batch_dims)), ...x.shape.slice(axis + 1)];
}

/** What normalising images does: the output like `x`, and per channel as many values as there are other outputs. */
const normalised =
  (x: number, others: number): Rule["shape"] =>
  (inputs) => {
    const {shape} = inputs[x];
    return [shape, ...new Array<Shape>(others).fill([shape[3]])];
  };

const rows = (names: string, rule: Rule): Record<string, Rule> =>
  Object.fromEntries(names.split(" ").map((name) => [name, rule]));

export const operations: Readonly<Record<string, Rule>> = {
  ...rows("Identity ZerosLike", {shape: same()}),
  ...rows("Abs Neg Sign Square Sqrt Rsqrt Reciprocal Floor Ceil Round", {shape: same()}),
  ...rows("Exp Expm1 Log Log1p Tanh Sigmoid Softplus Erf Elu Selu Softmax", {shape: same()}),
  ...rows("Relu Relu6 ReluGrad Relu6Grad EluGrad LeakyRelu", {shape: same()}),
  ...rows("IsNan IsInf IsFinite LogicalNot", {shape: same(), type: "bool"}),
  ...rows("Add Sub Mul RealDiv FloorDiv FloorMod", {shape: broadcast}),
  ...rows("Maximum Minimum Pow SquaredDifference", {shape: broadcast}),
  ...rows("Equal NotEqual Less LessEqual Greater GreaterEqual", {shape: broadcast, type: "bool"}),
  ...rows("LogicalAnd LogicalOr", {shape: broadcast, type: "bool"}),
  AddN: {shape: same()},
  Select: {shape: same(1), type: {attribute: "T"}},
  Cast: {shape: same(), type: {attribute: "DstT"}},
  ...rows("Sum Mean Max Min Prod All Any", {shape: reduced}),
  ...rows("ArgMax ArgMin", {shape: withoutAxis, type: "int32"}),
  Reshape: {shape: reshaped},
  Fill: {shape: valueOf(0), type: {attribute: "T"}},
  Transpose: {shape: ([x, order]) => Array.from(order.values!, (axis) => x.shape[axis])},
  Tile: {shape: ([x, repeats]) => x.shape.map((size, i) => size * repeats.values![i])},
  ExpandDims: {shape: ([x, axis]) => inserted(x.shape, axis.values![0], 1), infersT: true},
  ReverseV2: {shape: same()},
  ConcatV2: {shape: joined},
  SplitV: {shape: split},
  Pack: {shape: (inputs, {axis}) => inserted(inputs[0].shape, axis as number, inputs.length)},
  Unpack: {
    shape: ([x], {axis, num}) =>
      new Array<Shape>(num as number).fill(
        x.shape.filter((_, i) => i !== ((axis as number) + x.shape.length) % x.shape.length)
      )
  },
  Slice: {shape: slice},
  ...rows("PadV2 MirrorPad", {shape: padded}),
  GatherV2: {shape: gathered},
  OneHot: {shape: ([indices, depth]) => [...indices.shape, depth.values![0]], type: {attribute: "T"}},
  BatchMatMulV2: {shape: product},
  Conv2D: {shape: ([x, filter], attributes) => windowed(x.shape, filter.shape, filter.shape[3], attributes)},
  DepthwiseConv2dNative: {
    shape: ([x, filter], attributes) => windowed(x.shape, filter.shape, filter.shape[2] * filter.shape[3], attributes)
  },
  ...rows("Conv2DBackpropInput DepthwiseConv2dNativeBackpropInput", {shape: unpadded(0), type: {attribute: "T"}}),
  ...rows("Conv2DBackpropFilter DepthwiseConv2dNativeBackpropFilter", {shape: unpadded(1)}),
  ...rows("MaxPool AvgPool", {shape: pooled}),
  MaxPoolGrad: {shape: same()},
  AvgPoolGrad: {shape: valueOf(0), type: {attribute: "T"}},
  FusedBatchNorm: {shape: normalised(0, 4)},
  FusedBatchNormV3: {shape: normalised(0, 5)},
  FusedBatchNormGradV3: {shape: normalised(1, 4)},
  ResizeBilinear: {shape: ([x, size]) => [x.shape[0], ...Array.from(size.values!), x.shape[3]]},
  ResizeBilinearGrad: {shape: same(1)},
  StatelessRandomUniform: {shape: valueOf(0), type: {attribute: "dtype"}}
};
