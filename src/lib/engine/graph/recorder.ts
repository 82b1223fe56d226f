import * as tf from "@tensorflow/tfjs";
import {CompileError} from "./compile-error.js";
import type {Operation} from "./fuse.js";
import {fuse} from "./fuse.js";
import type {Type} from "./graph.js";
import {Graph, typeName, types} from "./graph.js";
import {asProduct} from "./pointwise.js";
import type {Attribute} from "./protobuf.js";
import type {Attributes, AttributeValue, Operand} from "./shapes.js";
import {operations} from "./shapes.js";

/** An attribute as tfjs-node's kernels write it. */
interface NativeAttribute {
  name: string;
  /** A number from the binding, such as its TF_ATTR_INT. */
  type: number;
  value: AttributeValue | undefined;
}

/** The parts of tfjs-node's backend that its kernels use and that do not compute. */
export interface NativeBackend extends tf.KernelBackend {
  binding: Record<"TF_ATTR_TYPE" | "TF_ATTR_INT" | "TF_ATTR_FLOAT" | "TF_ATTR_BOOL" | "TF_ATTR_STRING", number> & {
    isUsingGpuDevice(): boolean;
  };
  isGPUPackage: boolean;
  getDTypeInteger(dtype: tf.DataType): number;
  createReductionOpAttrs(x: tf.TensorInfo, keepDims?: boolean): NativeAttribute[];
  applyActivation(...parameters: unknown[]): tf.Tensor;
}

/** What a tensor is while recording: an output of a node, or a constant that becomes one when it is used. */
interface Recorded extends Operand {
  output?: string;
  values?: tf.TypedArray;
  /** What made it, and from what. */
  origin?: Origin;
  /** It is the same in every run, because it follows from constants alone. */
  fixed: boolean;
  references: number;
}

interface Origin {
  operation: Operation;
  operands: readonly Recorded[];
}

/** Constants of more different values are taken for data or random numbers that were meant to change. */
const largestConstant = 1024;

/**
 * A backend that computes nothing: each of TensorFlow's operations that tfjs-node's kernels would execute becomes a
 * node of a graph, of which only the shape and the type of the outputs are known.
 */
export class Recorder extends tf.KernelBackend {
  readonly graph = new Graph();
  readonly binding: NativeBackend["binding"];
  readonly isGPUPackage: boolean;
  /** The kernel that is being recorded, for messages. */
  kernel = "";
  private readonly tensors = new Map<tf.DataId, Recorded>();

  constructor(private readonly native: NativeBackend) {
    super();
    this.binding = native.binding;
    this.isGPUPackage = native.isGPUPackage;
  }

  /** A tensor that is an output of a node. */
  symbol(
    output: string,
    dtype: Type,
    shape: readonly number[],
    {fixed = false, origin}: Partial<Pick<Recorded, "fixed" | "origin">> = {}
  ): tf.Tensor {
    const dataId = {};
    this.tensors.set(dataId, {output, dtype, shape, fixed, origin, references: 1});
    return tf.engine().makeTensorFromTensorInfo({dataId, dtype, shape: [...shape]});
  }

  /** The output that a tensor is. */
  outputOf(tensor: tf.TensorInfo): string {
    const recorded = this.recorded(tensor);
    return (recorded.output ??= this.constant(recorded));
  }

  executeSingleInput(op: string, x: tf.TensorInfo): tf.Tensor {
    const type = {name: "T", type: this.binding.TF_ATTR_TYPE, value: this.getDTypeInteger(x.dtype)};
    return this.executeSingleOutput(op, [type], [x]);
  }

  executeSingleOutput(op: string, attributes: NativeAttribute[], inputs: tf.TensorInfo[]): tf.Tensor {
    return this.executeMultipleOutputs(op, attributes, inputs, 1)[0];
  }

  executeMultipleOutputs(op: string, given: NativeAttribute[], inputs: tf.TensorInfo[], count: number): tf.Tensor[] {
    const rule = operations[op];
    if (!rule) throw new CompileError(`The operation ${op} (kernel ${this.kernel}) has no rule to compile it by.`);
    const attributes: Attributes = Object.fromEntries(given.map(({name, value}) => [name, value ?? false]));
    const operands = inputs.map((input) => this.recorded(input));
    if (op === "StatelessRandomUniform" && operands[1].fixed) {
      throw new CompileError("The seed of random numbers is a constant: every step would draw the same. Feed it.");
    }
    const fixed = operands.every((operand) => operand.fixed);
    const shape = rule.shape(operands, attributes);
    const shapes = (Array.isArray(shape[0]) ? shape : [shape]) as number[][];
    const type = outputType(rule.type, attributes) ?? operands[0].dtype;
    const typed = {...this.translated(given), ...(rule.infersT && {T: {type: types[operands[0].dtype]}})};
    const plain = {op, inputs: inputs.map((input) => this.outputOf(input)), attributes: typed};
    const origin = this.fused({operation: plain, operands});
    const name = this.add(origin, shapes[0]);
    return shapes.slice(0, count).map((shape, i) => {
      return this.symbol(i === 0 ? name : `${name}:${i}`, type, shape, {fixed, ...(i === 0 && {origin})});
    });
  }

  /** An operation, or in its place one that does the work of the one before it too, where the processor has such. */
  private fused(origin: Origin): Origin {
    const before = origin.operands[0]?.origin;
    if (!before || this.binding.isUsingGpuDevice()) return origin;
    const operation = fuse(origin.operation, before.operation, before.operands[1]?.shape, this.graph);
    return operation ? {operation, operands: before.operands} : origin;
  }

  /** Appends the node of an operation, or of what is faster on the processor. */
  private add({operation, operands}: Origin, output: readonly number[]): string {
    const shapes = operands.map(({shape}) => shape);
    const faster = this.binding.isUsingGpuDevice() ? undefined : asProduct(operation, shapes, output, this.graph);
    const {op, inputs, attributes} = faster ?? operation;
    return this.graph.add(op, inputs, attributes);
  }

  createReductionOpAttrs = (x: tf.TensorInfo, keepDims?: boolean) => this.native.createReductionOpAttrs(x, keepDims);
  getDTypeInteger = (dtype: tf.DataType) => this.native.getDTypeInteger(dtype);
  applyActivation = (...parameters: unknown[]) => this.native.applyActivation(...parameters);

  override write(values: tf.backend_util.BackendValues, shape: number[], dtype: tf.DataType): tf.DataId {
    const dataId = {};
    this.move(dataId, values, shape, dtype, 1);
    return dataId;
  }

  override move(
    dataId: tf.DataId,
    values: tf.backend_util.BackendValues,
    shape: number[],
    dtype: tf.DataType,
    references: number
  ): void {
    if (!(dtype in types)) throw new CompileError(`Tensors of type ${dtype} cannot be compiled.`);
    this.tensors.set(dataId, {values: values as tf.TypedArray, shape, dtype: dtype as Type, fixed: true, references});
  }

  override readSync(dataId: tf.DataId): tf.TypedArray {
    const {values, output} = this.tensors.get(dataId)!;
    if (values) return values;
    throw new CompileError(
      `The value of ${output} was asked for while recording, when there are none: return it from the step instead.`
    );
  }

  override async read(dataId: tf.DataId): Promise<tf.TypedArray> {
    return this.readSync(dataId);
  }

  override disposeData(dataId: tf.DataId, force = false): boolean {
    const tensor = this.tensors.get(dataId);
    if (!tensor) return true;
    tensor.references -= 1;
    if (tensor.references > 0 && !force) return false;
    return this.tensors.delete(dataId);
  }

  override refCount(dataId: tf.DataId): number {
    return this.tensors.get(dataId)?.references ?? 0;
  }

  override incRef(dataId: tf.DataId): void {
    this.tensors.get(dataId)!.references += 1;
  }

  override numDataIds(): number {
    return this.tensors.size;
  }

  override memory(): {unreliable: boolean} {
    return {unreliable: true};
  }

  override epsilon(): number {
    return this.native.epsilon();
  }

  override floatPrecision(): 16 | 32 {
    return this.native.floatPrecision();
  }

  override dispose(): void {}

  private recorded({dataId, shape, dtype}: tf.TensorInfo): Recorded {
    const recorded = this.tensors.get(dataId);
    if (recorded) return recorded;
    throw new CompileError(
      `A tensor of shape [${shape}] and type ${dtype} was made outside of the step (seen by the ` +
        `kernel ${this.kernel}): ` +
        "give it as an input or make it a variable."
    );
  }

  private constant({values, shape, dtype}: Recorded): string {
    const constant = values!;
    if (constant.length > 1 && constant.every((value) => value === constant[0]))
      return this.filled(constant, dtype, shape);
    if (constant.length <= largestConstant) return this.graph.constant(constant, dtype, shape);
    throw new CompileError(
      `A tensor of shape [${shape}] was filled with ${constant.length} values while recording ` +
        `(kernel ${this.kernel}); ` +
        "every step would use the same. Give data as an input, and random numbers a seed that is one."
    );
  }

  /** Equal values, such as zeros, by an operation, so that the graph stays small. */
  private filled(values: tf.TypedArray, dtype: Type, shape: readonly number[]): string {
    const size = this.graph.constant(Int32Array.from(shape), "int32", [shape.length]);
    const value = this.graph.constant(values.slice(0, 1), dtype, []);
    return this.graph.add("Fill", [size, value], {T: {type: types[dtype]}, index_type: {type: types.int32}});
  }

  private translated(attributes: readonly NativeAttribute[]): Record<string, Attribute> {
    const {binding} = this;
    const translate = ({name, type, value = false}: NativeAttribute): Attribute => {
      if (type === binding.TF_ATTR_TYPE) return {type: value as number};
      if (type === binding.TF_ATTR_INT)
        return Array.isArray(value) ? {ints: value as number[]} : {int: value as number};
      if (type === binding.TF_ATTR_FLOAT) return {float: value as number};
      if (type === binding.TF_ATTR_BOOL) return {bool: value as boolean};
      if (type === binding.TF_ATTR_STRING) return {string: value as string};
      throw new CompileError(`The attribute ${name} of the kernel ${this.kernel} cannot be compiled.`);
    };
    return Object.fromEntries(attributes.map((attribute) => [attribute.name, translate(attribute)]));
  }
}

function outputType(type: Type | {attribute: string} | undefined, attributes: Attributes): Type | undefined {
  return typeof type === "object" ? typeName(attributes[type.attribute] as number) : type;
}
