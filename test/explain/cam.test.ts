import assert from "node:assert/strict";
import {before, test} from "node:test";
import * as tf from "@tensorflow/tfjs";
import {useBackend} from "../../src/lib/engine/backend.js";
import type {Pass} from "../../src/lib/explain/cam.js";
import {activationMaps, locateLayer} from "../../src/lib/explain/cam.js";
import type {CamMethod} from "../../src/lib/explain/cam-methods.js";
import {camMethods} from "../../src/lib/explain/cam-methods.js";
import {quantise} from "../../src/lib/explain/maps.js";
import {randomly} from "../../src/lib/models/initialise.js";
import type {Mode} from "../../src/lib/models/layers.js";
import {inference, Layers} from "../../src/lib/models/layers.js";
import {Network} from "../../src/lib/models/network.js";
import {architecture, architectures} from "../../src/lib/models/registry.js";
import {uniform} from "./uniform.js";

before(async () => void (await useBackend()));

const images = (n: number, side: number, channels = 1) =>
  tf.tensor4d(uniform(n, n * side * side * channels), [n, side, side, channels]);

/** Maps as numbers, and a check that nothing is left behind. */
function mapsOf(pass: Pass, inputs: tf.Tensor4D, classes: number[], layer: string, method: CamMethod): number[] {
  const tensors = tf.memory().numTensors;
  const [height, width, channels] = inputs.shape.slice(1);
  const site = locateLayer(pass, [height, width, channels], layer);
  const maps = activationMaps(pass, inputs, Int32Array.from(classes), site, method);
  assert.deepEqual(maps.shape, [inputs.shape[0], ...site.shape.slice(0, 2)]);
  const values = Array.from(maps.dataSync());
  maps.dispose();
  assert.equal(tf.memory().numTensors, tensors);
  return values;
}

function close(actual: number[], expected: number[], tolerance: number): void {
  const peak = Math.max(...expected);
  assert.equal(actual.length, expected.length);
  assert.ok(
    actual.every((value, i) => Math.abs(value - expected[i]) <= tolerance * peak),
    `${actual} is not ${expected}`
  );
}

/**
 * Two convolutions, global average pooling and one linear layer for three classes, as a network with a published top.
 */
function small(): {layers: Layers; pass: Pass} {
  const layers = new Layers(randomly(5));
  const pass = (inputs: tf.Tensor4D, mode: Mode) => {
    const a = layers.relu("relu_1", layers.conv("conv_1", inputs, mode, {filters: 3, kernel: 3}), mode);
    const b = layers.relu("relu_2", layers.conv("conv_2", a, mode, {filters: 4, kernel: 3}), mode);
    return layers.dense("logits", tf.mean(b, [1, 2]) as tf.Tensor2D, mode, {units: 3});
  };
  tf.tidy(() => void pass(tf.zeros([1, 4, 4, 2]), inference));
  return {layers, pass};
}

for (const {id} of architectures) {
  test(`${id}: the first, a middle and the last layer are explained, and a batch is its images one by one`, () => {
    const network = new Network(architecture(id), {classes: 4, size: 32, dropout: 0.5}, randomly(2));
    const pass: Pass = (x, mode) => network.logits(x, mode);
    const names: string[] = [];
    const tap = (name: string, output: tf.Tensor) => (names.push(name), output);
    tf.tidy(() => void network.features(tf.zeros([1, 32, 32, 1]), {...inference, tap}));
    const inputs = images(2, 32);
    const singles = tf.split(inputs, 2) as tf.Tensor4D[];
    for (const layer of [names[0], names[Math.floor(names.length / 2)], names[names.length - 1]]) {
      const both = mapsOf(pass, inputs, [3, 1], layer, "layer-cam");
      assert.ok(both.every((value) => value >= 0 && Number.isFinite(value)) && Math.max(...both) > 0, layer);
      close(both, [3, 1].map((label, i) => mapsOf(pass, singles[i], [label], layer, "layer-cam")).flat(), 1e-3);
    }
    tf.dispose([inputs, singles]);
    network.dispose();
  });
}

test("the gradient at a layer is what finite differences of its output give", () => {
  const {layers, pass} = small();
  const inputs = images(1, 4, 2);
  const logit = (cell: number, step: number) =>
    tf.tidy(() => {
      const tap = (layer: string, output: tf.Tensor) => {
        if (layer !== "relu_1") return output;
        const moved = output.dataSync().map((value, i) => (i === cell ? value + step : value));
        return tf.tensor(moved, output.shape);
      };
      return pass(inputs, {...inference, tap}).dataSync()[2];
    });
  let activations: number[] = [];
  const tap = (layer: string, output: tf.Tensor) => {
    if (layer === "relu_1") activations = Array.from(output.dataSync());
    return output;
  };
  tf.tidy(() => void pass(inputs, {...inference, tap}));
  const gradients = activations.map((_, cell) => (logit(cell, 1e-2) - logit(cell, -1e-2)) / 2e-2);
  for (const method of Object.keys(camMethods) as CamMethod[]) {
    const expected = tf.tidy(() => {
      const [a, g] = [activations, gradients].map((values) => tf.tensor4d(values, [1, 4, 4, 3]));
      return Array.from(camMethods[method](a, g).dataSync());
    });
    close(mapsOf(pass, inputs, [2], "relu_1", method), expected, 1e-2);
  }
  inputs.dispose();
  layers.dispose();
});

test("under global average pooling and a linear layer, HiResCAM is Grad-CAM at the last layer and not below", () => {
  const {layers, pass} = small();
  const inputs = images(3, 4, 2);
  const [hires, grad] = (["hires-cam", "grad-cam"] as const).map(
    (method) => (layer: string) => mapsOf(pass, inputs, [0, 1, 2], layer, method)
  );
  close(hires("relu_2"), grad("relu_2"), 1e-5);
  assert.throws(() => close(hires("relu_1"), grad("relu_1"), 1e-2));
  inputs.dispose();
  layers.dispose();
});

test("a class that nothing speaks for has an empty map with a peak of 0", () => {
  const {layers, pass} = small();
  const kernel = layers.variables.get("logits/kernel")!;
  tf.tidy(() => kernel.assign(tf.neg(tf.abs(kernel))));
  const inputs = images(1, 4, 2);
  for (const method of Object.keys(camMethods) as CamMethod[]) {
    const {peaks, grids} = quantise(Float32Array.from(mapsOf(pass, inputs, [1], "relu_2", method)), 16);
    assert.deepEqual(Array.from(peaks), [0]);
    assert.ok(grids.every((value) => value === 0));
  }
  inputs.dispose();
  layers.dispose();
});

/** How often every kernel runs. */
async function kernelsOf(f: () => tf.Tensor): Promise<Map<string, number>> {
  const counts = new Map<string, number>();
  const {kernels, result} = await tf.profile(() => tf.tidy(f));
  tf.dispose(result as tf.Tensor);
  for (const {name} of kernels) counts.set(name, (counts.get(name) ?? 0) + 1);
  return counts;
}

test("the pass runs once, and no gradient of a kernel at or below the layer, nor of a weight, is computed", async (t) => {
  if (tf.getBackend() !== "tensorflow") return t.skip("other backends compose gradients of the kernels of a pass");
  const network = new Network(architecture("mobilenetv2_0.35"), {classes: 4, size: 32, dropout: 0}, randomly(2));
  const pass: Pass = (x, mode) => network.logits(x, mode);
  const inputs = images(2, 32);
  const forward = await kernelsOf(() => pass(inputs, inference));
  assert.ok(forward.get("Conv2D")! > 30);
  // Above the first: the last convolution; above the second: that, the block's projection and its depthwise
  // convolution.
  for (const [layer, convolutions, depthwise] of [
    ["out_relu", 0, 0],
    ["block_16_project", 1, 0],
    ["block_16_expand_relu", 2, 1]
  ] as const) {
    const site = locateLayer(pass, [32, 32, 1], layer);
    const counts = await kernelsOf(() => activationMaps(pass, inputs, Int32Array.of(0, 1), site, "grad-cam"));
    for (const name of ["Conv2D", "DepthwiseConv2dNative", "FusedBatchNorm", "Relu6"]) {
      assert.equal(counts.get(name), forward.get(name), `${name} of a pass for ${layer}`);
    }
    const gradients = [...counts].filter(([name]) => /Conv.*Backprop/.test(name));
    const expected = {Conv2DBackpropInput: convolutions, DepthwiseConv2dNativeBackpropInput: depthwise};
    assert.deepEqual(Object.fromEntries(gradients), Object.fromEntries(Object.entries(expected).filter(([, n]) => n)));
  }
  inputs.dispose();
  network.dispose();
});

test("a layer or a class that does not exist, and a layer without positions, are named with what there is", () => {
  const {layers, pass} = small();
  const tensors = tf.memory().numTensors;
  assert.throws(() => locateLayer(pass, [4, 4, 2], "relu2"), {
    name: "UserError",
    message: /no layer relu2\.\n.*: relu_2, relu_1, conv_2/
  });
  assert.throws(() => locateLayer(pass, [4, 4, 2], "logits"), {
    name: "UserError",
    message: /logits is a vector without positions\.\n.*conv_1/
  });
  const site = locateLayer(pass, [4, 4, 2], "relu_2");
  const inputs = images(1, 4, 2);
  for (const label of [3, -1]) {
    assert.throws(() => activationMaps(pass, inputs, Int32Array.of(label), site, "grad-cam"), {
      name: "UserError",
      message: `There is no class ${label}: the last one is 2.`
    });
  }
  inputs.dispose();
  assert.equal(tf.memory().numTensors, tensors);
  layers.dispose();
});
