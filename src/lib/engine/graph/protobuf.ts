/**
 * The few messages of TensorFlow's protocol buffers that a SavedModel of one graph consists of, by the classes that
 * tfjs-node ships for reading such files.
 */
import {createRequire} from "node:module";

const require = createRequire(import.meta.url);

/** Bytes of constants, and what else an attribute of a node may be. */
export type Attribute =
  | {type: number}
  | {shape: readonly number[]}
  | {int: number}
  | {ints: readonly number[]}
  | {float: number}
  | {bool: boolean}
  | {string: string}
  | {strings: readonly string[]}
  | {types: readonly number[]}
  | {tensor: {type: number; shape: readonly number[]; content: Uint8Array}};

export interface Node {
  name: string;
  op: string;
  /** "node:2" is that node's third output, "^node" waits for a node without using its output. */
  inputs: readonly string[];
  attributes: Readonly<Record<string, Attribute>>;
}

/** Every class has a setter for each field; the generated code has no types. */
type Message = Record<string, (...values: unknown[]) => Message> & {serializeBinary(): Uint8Array};
interface MessageClass {
  new (): Message;
  [nested: string]: MessageClass;
}

let loaded: Record<string, MessageClass> | undefined;
const messages = () => (loaded ??= require("@tensorflow/tfjs-node/dist/proto/api_pb.js") as typeof loaded)!;

/** The bytes of `saved_model.pb`: one graph under the tag "serve", without signatures. */
export function savedModel(nodes: readonly Node[]): Uint8Array {
  const {GraphDef, MetaGraphDef, SavedModel} = messages();
  const graph = new GraphDef();
  for (const node of nodes) graph.addNode(nodeMessage(node));
  const info = new MetaGraphDef.MetaInfoDef();
  info.addTags("serve");
  const metaGraph = new MetaGraphDef();
  metaGraph.setGraphDef(graph);
  metaGraph.setMetaInfoDef(info);
  const model = new SavedModel();
  model.setSavedModelSchemaVersion(1);
  model.addMetaGraphs(metaGraph);
  return model.serializeBinary();
}

function nodeMessage({name, op, inputs, attributes}: Node): Message {
  const message = new (messages().NodeDef)();
  message.setName(name);
  message.setOp(op);
  message.setInputList([...inputs]);
  const map = message.getAttrMap();
  for (const [key, attribute] of Object.entries(attributes)) map.set(key, attributeMessage(attribute));
  return message;
}

function attributeMessage(attribute: Attribute): Message {
  const {AttrValue, Tensor} = messages();
  const message = new AttrValue();
  if ("type" in attribute) message.setType(attribute.type);
  else if ("shape" in attribute) message.setShape(shapeMessage(attribute.shape));
  else if ("int" in attribute) message.setI(attribute.int);
  else if ("float" in attribute) message.setF(attribute.float);
  else if ("bool" in attribute) message.setB(attribute.bool);
  else if ("string" in attribute) message.setS(Buffer.from(attribute.string));
  else if ("ints" in attribute || "strings" in attribute || "types" in attribute) {
    const list = new AttrValue.ListValue();
    if ("ints" in attribute) list.setIList([...attribute.ints]);
    else if ("types" in attribute) list.setTypeList([...attribute.types]);
    else list.setSList(attribute.strings.map((string) => Buffer.from(string)));
    message.setList(list);
  } else {
    const tensor = new Tensor();
    tensor.setDtype(attribute.tensor.type);
    tensor.setTensorShape(shapeMessage(attribute.tensor.shape));
    tensor.setTensorContent(attribute.tensor.content);
    message.setTensor(tensor);
  }
  return message;
}

function shapeMessage(shape: readonly number[]): Message {
  const {TensorShape} = messages();
  const message = new TensorShape();
  for (const size of shape) {
    const dimension = new TensorShape.Dim();
    dimension.setSize(size);
    message.addDim(dimension);
  }
  return message;
}
