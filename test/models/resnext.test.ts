import assert from "node:assert/strict";
import {before, test} from "node:test";
import * as tf from "@tensorflow/tfjs";
import {useBackend} from "../../src/lib/engine/backend.js";
import {Layers} from "../../src/lib/models/layers.js";
import {resNeXt101} from "../../src/lib/models/resnext.js";
import {groupedKernels, publishedLayout} from "../../src/lib/models/resnext-weights.js";
import {stream} from "../../src/lib/measures/random.js";

before(async () => void (await useBackend()));

test("the body has 42,128,704 parameters, and halves every fifth resolution of images that are not square", () => {
  const layers = new Layers((_, shape) => tf.zeros(shape));
  const shape = tf.tidy(() => resNeXt101.body(layers, tf.zeros([1, 64, 96, 3]), {training: false}).shape);
  assert.deepEqual(shape, [1, 2, 3, 2048]);
  const trainable = [...layers.variables.values()].filter(({trainable}) => trainable);
  assert.equal(
    trainable.reduce((sum, {size}) => sum + size, 0),
    42_128_704
  );
  layers.dispose();
});

const [filters, c] = [6, 2];
const random = stream(3, "depthwise");
const depthwise = {
  shape: [3, 3, filters, c],
  data: Float32Array.from({length: 9 * filters * c}, () => random() - 0.5)
};

/** Keras's constant 1x1 convolution, built as Keras builds it: a strided range of ones for every filter. */
function sums() {
  const data = new Float32Array(filters * c * filters);
  for (let i = 0; i < filters; ++i) {
    const start = Math.floor(i / c) * c * c + (i % c);
    for (let product = start; product < start + c * c; product += c) data[product * filters + i] = 1;
  }
  return {shape: [1, 1, filters * c, filters], data};
}

test("a depthwise convolution whose products are added up equals the grouped one that it is converted to", () => {
  const weights = groupedKernels(
    new Map([
      ["b_2_conv/depthwise_kernel", depthwise],
      ["b_2_gconv/kernel", sums()],
      ["b_2_bn/gamma", {shape: [1], data: new Float32Array([1])}]
    ])
  );
  assert.deepEqual([...weights.keys()], ["b_2_conv/kernel", "b_2_bn/gamma"]);
  const {shape, data} = weights.get("b_2_conv/kernel")!;
  assert.deepEqual(publishedLayout("b_2_conv/kernel", shape), {
    name: "b_2_conv/depthwise_kernel",
    shape: depthwise.shape
  });
  const x = tf.randomNormal([1, 4, 5, filters], 0, 1, "float32", 7) as tf.Tensor4D;
  const layers = new Layers(() => tf.tensor(data, shape));
  const ours = layers.conv("b_2_conv", x, {training: false}, {filters, kernel: 3, groups: filters / c});
  const products = tf.depthwiseConv2d(x, tf.tensor4d(depthwise.data, [3, 3, filters, c]), 1, "same");
  const kerass = tf.conv2d(products, tf.tensor4d(sums().data, [1, 1, filters * c, filters]), 1, "same");
  assert.ok(tf.max(tf.abs(tf.sub(ours, kerass))).dataSync()[0] < 1e-6);
  layers.dispose();
});

test("a constant that does not add up a group's products is refused by its name", () => {
  const wrong = sums();
  wrong.data[1] = 1;
  assert.throws(() => groupedKernels(new Map([["conv2_block1_2_gconv/kernel", wrong]])), {
    name: "UserError",
    message: /conv2_block1_2_gconv\/kernel does not add up/
  });
});
