import type * as tf from "@tensorflow/tfjs";
import type {Attribute, Node} from "./protobuf.js";
import {savedModel} from "./protobuf.js";

/** TensorFlow's numbers of the types that tfjs-node's kernels use. */
export const types = {float32: 1, int32: 3, bool: 10} as const;
export type Type = keyof typeof types;

/** The tfjs name of one of TensorFlow's types, or undefined where there is none. */
export const typeName = (type: number) => (Object.keys(types) as Type[]).find((name) => types[name] === type);

/** A graph of TensorFlow operations that grows node by node. */
export class Graph {
  private readonly nodes: Node[] = [];
  private readonly constants = new Map<string, string>();

  /** Appends a node and returns its name, which stands for its first output; the others are "name:1", "name:2"... */
  add(op: string, inputs: readonly string[], attributes: Record<string, Attribute>): string {
    // Names, unlike operations, do not begin with an underscore.
    const name = `${op.replace(/^_/, "")}_${this.nodes.length}`;
    this.nodes.push({name, op, inputs, attributes});
    return name;
  }

  placeholder(type: Type, shape: readonly number[]): string {
    return this.add("Placeholder", [], {dtype: {type: types[type]}, shape: {shape}});
  }

  /** A constant; equal ones, such as the axes of reductions, are one node. */
  constant(values: tf.TypedArray, type: Type, shape: readonly number[]): string {
    const content = new Uint8Array(values.buffer, values.byteOffset, values.byteLength);
    const key = `${type}/${shape}/${Buffer.from(content).toString("latin1")}`;
    const known = this.constants.get(key);
    if (known) return known;
    const tensor = {type: types[type], shape, content: content.slice()};
    const name = this.add("Const", [], {dtype: {type: types[type]}, value: {tensor}});
    this.constants.set(key, name);
    return name;
  }

  /** A node with the value of an output (or of nothing, as an empty tensor) that is there once other nodes have run. */
  after(nodes: readonly string[], output = this.constant(new Float32Array(0), "float32", [0]), type: Type = "float32") {
    return this.add("Identity", [output, ...nodes.map((name) => `^${name}`)], {T: {type: types[type]}});
  }

  /** A variable of the session, to be read by the one node and written by the other. */
  variable(name: string, shape: readonly number[]): SessionVariable {
    const dtype = {type: types.float32};
    const attributes = {dtype, shape: {shape}, shared_name: {string: name}, container: {string: ""}};
    const handle = this.add("VarHandleOp", [], attributes);
    const read = this.add("ReadVariableOp", [handle], {dtype});
    return {
      read,
      // After the read, which would otherwise see the old or the new value by chance.
      assign: (output) => this.add("AssignVariableOp", [handle, output, `^${read}`], {dtype}),
      initialise: (output) => this.add("AssignVariableOp", [handle, output], {dtype})
    };
  }

  savedModel = (): Uint8Array => savedModel(this.nodes);
}

export interface SessionVariable {
  /** The output that is its value at the start of a run. */
  read: string;
  /** Appends a node that writes an output to it at the end of a run. */
  assign(output: string): string;
  /** The same where it has no value yet. */
  initialise(output: string): string;
}
