import assert from "node:assert/strict";
import {test} from "node:test";
import {backend_util} from "@tensorflow/tfjs";
import {CompileError} from "../../../src/lib/engine/graph/index.js";
import {type Attributes, type Operand, operations} from "../../../src/lib/engine/graph/shapes.js";

type Size4 = [number, number, number, number];
type Pair = [number, number];
type Padding = "same" | "valid" | [Pair, Pair, Pair, Pair];

const operand = (shape: readonly number[], values?: readonly number[]): Operand => ({shape, dtype: "float32", values});
const shapeOf = (op: string, inputs: Operand[], attributes: Attributes) => operations[op].shape(inputs, attributes);

const explicit = (top: number, bottom: number, left: number, right: number): Padding => [
  [0, 0],
  [top, bottom],
  [left, right],
  [0, 0]
];
const paddings: Padding[] = ["same", "valid", explicit(1, 1, 1, 1), explicit(0, 1, 2, 0), explicit(3, 0, 0, 5)];
const images: Size4[] = [
  [2, 7, 9, 3],
  [1, 8, 8, 3],
  [3, 13, 6, 3]
];
const filters: Pair[] = [
  [1, 1],
  [3, 3],
  [2, 5],
  [5, 2]
];
const pairs: Pair[] = [
  [1, 1],
  [2, 2],
  [1, 3],
  [3, 2]
];

/** The attributes that tfjs-node's kernels write of what TensorFlow.js has worked out. */
function attributesOf(info: backend_util.Conv2DInfo): Attributes {
  const {top, bottom, left, right, type} = info.padInfo;
  return {
    strides: [1, info.strideHeight, info.strideWidth, 1],
    dilations: [1, info.dilationHeight, info.dilationWidth, 1],
    padding: type,
    data_format: "NHWC",
    ...(type === "EXPLICIT" && {explicit_paddings: [0, 0, top, bottom, left, right, 0, 0]})
  };
}

/** Every combination of sizes, strides, dilations and paddings whose window fits. */
function* convolutions(filterOf: (window: Pair) => Size4, depthwise: boolean) {
  for (const image of images) {
    for (const window of filters) {
      for (const strides of pairs) {
        for (const dilations of pairs) {
          for (const padding of paddings) {
            const filter = filterOf(window);
            const info = backend_util.computeConv2DInfo(image, filter, strides, dilations, padding, "floor", depthwise);
            if (info.outHeight > 0 && info.outWidth > 0) yield {image, filter, info};
          }
        }
      }
    }
  }
}

test("convolutions have the shapes of TensorFlow.js at every padding, stride and dilation", () => {
  let compared = 0;
  for (const {image, filter, info} of convolutions(([h, w]) => [h, w, 3, 4], false)) {
    const shape = shapeOf("Conv2D", [operand(image), operand(filter)], attributesOf(info));
    assert.deepEqual(shape, info.outShape, JSON.stringify({image, filter, ...attributesOf(info)}));
    compared += 1;
  }
  assert.ok(compared > 500, `${compared}`);
});

test("depthwise convolutions have them too, of as many channels as the multiplier says", () => {
  let compared = 0;
  for (const {image, filter, info} of convolutions(([h, w]) => [h, w, 3, 2], true)) {
    const shape = shapeOf("DepthwiseConv2dNative", [operand(image), operand(filter)], attributesOf(info));
    assert.deepEqual(shape, info.outShape, JSON.stringify({image, filter, ...attributesOf(info)}));
    compared += 1;
  }
  assert.ok(compared > 500, `${compared}`);
});

test("pooling has the shapes of TensorFlow.js", () => {
  for (const image of images) {
    for (const window of filters) {
      for (const strides of pairs) {
        for (const padding of ["same", "valid"] as const) {
          const info = backend_util.computePool2DInfo(image, window, strides, 1, padding);
          const attributes = {...attributesOf(info), dilations: [1, 1, 1, 1], ksize: [1, ...window, 1]};
          for (const op of ["MaxPool", "AvgPool"]) {
            assert.deepEqual(shapeOf(op, [operand(image)], attributes), info.outShape, `${op} ${image} ${window}`);
          }
        }
      }
    }
  }
});

test("gradients and transposed convolutions have the shape that they are given", () => {
  const attributes = {strides: [1, 2, 2, 1], padding: "SAME", data_format: "NHWC"};
  const [image, filter, dy] = [operand([1, 7, 9, 3]), operand([3, 3, 3, 4]), operand([1, 4, 5, 4])];
  const sizes = ({shape}: Operand) => operand([4], shape);
  for (const kind of ["Conv2D", "DepthwiseConv2dNative"]) {
    assert.deepEqual(shapeOf(`${kind}BackpropInput`, [sizes(image), filter, dy], attributes), image.shape);
    assert.deepEqual(shapeOf(`${kind}BackpropFilter`, [image, sizes(filter), dy], attributes), filter.shape);
  }
});

test("a padding that TensorFlow cannot be told is refused, not taken for another", () => {
  const [image, filter] = [operand([1, 8, 8, 3]), operand([3, 3, 3, 3])];
  const strides = [1, 1, 1, 1];
  const refuse = (op: string, inputs: Operand[], attributes: Attributes, message: RegExp) =>
    assert.throws(
      () => shapeOf(op, inputs, {strides, ksize: [1, 3, 3, 1], ...attributes}),
      (error: Error) => error instanceof CompileError && message.test(error.message),
      `${op} ${JSON.stringify(attributes)}`
    );
  for (const op of ["Conv2D", "DepthwiseConv2dNative", "MaxPool", "AvgPool"]) {
    for (const padding of ["NUMBER", "EXPLICIT", "same", "ROUND"]) {
      refuse(op, [image, filter], {padding}, new RegExp(`Padding by ${padding} cannot be compiled`));
    }
    refuse(op, [image, filter], {padding: "SAME", data_format: "NCHW"}, /Images as NCHW cannot be compiled/);
    refuse(op, [operand([1, 2, 8, 3]), filter], {padding: "VALID"}, /A window of 3 pixels does not fit into 2/);
  }
  const sizes = operand([4], [1, 8, 8, 3]);
  for (const op of ["Conv2DBackpropInput", "DepthwiseConv2dNativeBackpropFilter"]) {
    refuse(op, [sizes, sizes, image], {padding: "EXPLICIT"}, /Padding by EXPLICIT cannot be compiled/);
    refuse(op, [sizes, sizes, image], {padding: "NUMBER"}, /Padding by NUMBER cannot be compiled/);
  }
});

test("what is gathered image by image has no second axis of images", () => {
  const [x, indices] = [operand([2, 5, 3]), operand([2, 4])];
  assert.deepEqual(shapeOf("GatherV2", [x, indices, operand([], [1])], {batch_dims: 1}), [2, 4, 3]);
  assert.deepEqual(shapeOf("GatherV2", [x, indices, operand([], [1])], {batch_dims: 0}), [2, 2, 4, 3]);
});
