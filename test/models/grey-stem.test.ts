import assert from "node:assert/strict";
import {test} from "node:test";
import * as tf from "@tensorflow/tfjs";
import {useBackend} from "../../src/lib/engine/backend.js";
import type {Architecture, NamedWeights} from "../../src/lib/models/architecture.js";
import {greyStem} from "../../src/lib/models/grey-stem.js";
import {inference, Layers} from "../../src/lib/models/layers.js";
import {repeated} from "../../src/lib/models/preprocess.js";
import {ruleWeights} from "../../src/lib/models/reference.js";
import {architecture} from "../../src/lib/models/registry.js";
import {assign, readImageNet} from "../../src/lib/models/weights/load.js";
import {mulberry32} from "../../src/lib/measures/random.js";

await useBackend();

const size = 64;
const random = mulberry32(1);
const images = tf.tensor4d(Float32Array.from({length: 2 * size * size}, random), [2, size, size, 1]);

const bodyOf = (network: Architecture, layers: Layers) =>
  tf.tidy(() => network.body(layers, network.preprocess(images), inference));
const dispose = (...all: Layers[]) => all.forEach((layers) => layers.dispose());

/** The largest difference as a share of the root mean square. */
const difference = (a: tf.Tensor, b: tf.Tensor) =>
  tf.tidy(() => tf.div(tf.max(tf.abs(tf.sub(a, b))), tf.sqrt(tf.mean(tf.square(b)))).dataSync()[0]);

/** Features by the reference's weights, and those of the grey network whose weights are converted from them. */
async function ruled(original: Architecture): Promise<[three: tf.Tensor4D, grey: tf.Tensor4D]> {
  // The rule names weights as the network does, so that only the stem is left to convert.
  const network = {...original, imagenet: {...architecture("xception").imagenet!, convert: undefined}};
  const twin = await greyStem(network);
  const [three, one] = [new Layers(ruleWeights), new Layers((_, shape) => tf.zeros(shape))];
  const expected = bodyOf(network, three);
  const named: NamedWeights = new Map(
    [...three.variables].map(([name, variable]) => [name, {shape: variable.shape, data: variable.dataSync()}])
  ) as NamedWeights;
  bodyOf(twin, one).dispose();
  assert.deepEqual([...one.variables.values()][0].shape[2], 1);
  assign(one.variables, twin.imagenet!.convert!(named));
  const actual = bodyOf(twin, one);
  dispose(three, one);
  return [expected, actual];
}

/** A network of a first convolution and its batch norm, named as in DenseNet and ResNeXt. */
const stemOf = (id: string, padding: "same" | "valid" | number): Architecture => ({
  ...architecture(id),
  body: (layers, x, mode) => {
    const y = layers.conv("conv1_conv", x, mode, {filters: 16, kernel: 7, strides: 2, padding});
    return layers.batchNorm("conv1_bn", y, mode, {epsilon: 1e-5, momentum: 0.9});
  }
});

test("where channels are preprocessed alike, one grey channel gives the features of three equal ones", async () => {
  const tensors = tf.memory().numTensors;
  for (const network of [architecture("mobilenetv2_0.35"), {...stemOf("xception", 3), preprocess: repeated}]) {
    const [expected, actual] = await ruled(network);
    assert.ok(difference(actual, expected) < 1e-5, `${difference(actual, expected)}`);
    tf.dispose([expected, actual]);
  }
  assert.equal(tf.memory().numTensors, tensors);
});

test("where each channel has its own mean and deviation, it does for a convolution without padding", async () => {
  const [expected, actual] = await ruled(stemOf("densenet121", "valid"));
  assert.ok(difference(actual, expected) < 1e-5, `${difference(actual, expected)}`);
  tf.dispose([expected, actual]);
});

test("where such a convolution pads, all outputs do but those whose window reaches over the border", async () => {
  const [expected, actual] = await ruled(stemOf("densenet121", 3));
  // Of 32 rows, windows of the first two and of the last reach over the border.
  const inner = (x: tf.Tensor4D) => tf.slice(x, [0, 2, 2, 0], [-1, 29, 29, -1]);
  const [a, b] = tf.tidy(() => [inner(actual), inner(expected)]);
  assert.ok(difference(a, b) < 1e-5, `${difference(a, b)}`);
  const border = difference(actual, expected);
  assert.ok(border > 1e-3 && border < 0.5, `${border}`);
  tf.dispose([expected, actual, a, b]);
});

test("the convolution of DenseNet and ResNeXt is followed by the batch norm that takes up the constant", () => {
  for (const id of ["densenet121", "resnext101_32x4d"]) {
    const names: string[] = [];
    const layers = new Layers((name, shape) => (names.push(name), tf.zeros(shape)));
    const stop = new Error("far enough");
    const tap = (layer: string, output: tf.Tensor) => {
      if (layer === "conv1_relu") throw stop;
      return output;
    };
    const {body} = architecture(id);
    assert.throws(() => tf.tidy(() => body(layers, tf.zeros([1, 32, 32, 3]), {...inference, tap})), stop);
    const norm = ["gamma", "beta", "moving_mean", "moving_variance"].map((name) => `conv1_bn/${name}`);
    assert.deepEqual(names, ["conv1_conv/kernel", ...norm], id);
    layers.dispose();
  }
});

for (const id of ["mobilenetv2_0.35", "efficientnet_lite0"]) {
  const skip = process.env.WEIGHTS_DIR ? false : "WEIGHTS_DIR is not set";
  test(`${id}: with its published weights, the features are those of three channels`, {skip}, async () => {
    const networks = [architecture(id), await greyStem(architecture(id))];
    const features: tf.Tensor[] = [];
    for (const network of networks) {
      const layers = new Layers((_, shape) => tf.zeros(shape));
      bodyOf(network, layers).dispose();
      assign(layers.variables, await readImageNet(network, layers.variables));
      features.push(bodyOf(network, layers));
      layers.dispose();
    }
    assert.ok(difference(features[1], features[0]) < 1e-4, `${difference(features[1], features[0])}`);
    tf.dispose(features);
  });
}
