import assert from "node:assert/strict";
import {readFileSync} from "node:fs";
import {join} from "node:path";
import {before, test} from "node:test";
import * as tf from "@tensorflow/tfjs";
import {useBackend} from "../../src/lib/engine/backend.js";
import {efficientNetLite0} from "../../src/lib/models/efficientnet-lite.js";
import {randomly} from "../../src/lib/models/initialise.js";
import {Layers} from "../../src/lib/models/layers.js";
import {createNetwork} from "../../src/lib/models/network.js";
import {locateWeights} from "../../src/lib/models/weights/locate.js";
import {readSafetensors} from "../../src/lib/models/weights/safetensors.js";
import {fromTorch} from "../../src/lib/models/weights/torch-names.js";
import {mulberry32} from "../../src/lib/support/random.js";

const {REFERENCE_DIR, WEIGHTS_DIR} = process.env;
const skip = REFERENCE_DIR && WEIGHTS_DIR ? false : "REFERENCE_DIR and WEIGHTS_DIR are not both set";

before(async () => void (await useBackend()));

test("the genuine weights with their own top give PyTorch's ImageNet logits", {skip}, async () => {
  const {input, imagenet_logits: expected} = JSON.parse(
    readFileSync(join(REFERENCE_DIR!, "efficientnet_lite0.json"), "utf8")
  ) as {
    input: {shape: [number, number, number, number]; seed: number};
    imagenet_logits: {argmax: number; first: number[]};
  };
  const weights = fromTorch(readSafetensors(locateWeights(efficientNetLite0).path).weights);
  const network = await createNetwork(efficientNetLite0, {
    classes: 4,
    size: 32,
    dropout: 0,
    initialisation: "imagenet",
    seed: 1
  });
  const logits = tf.tidy(() => {
    const u = mulberry32(input.seed);
    const x = Float32Array.from({length: input.shape.reduce((a, b) => a * b)}, () => 2 * u() - 1);
    const features = efficientNetLite0.body(network.body, tf.tensor4d(x, input.shape), {training: false});
    const {shape, data} = weights.get("classifier/kernel")!;
    const product = tf.matMul(tf.mean(features, [1, 2]) as tf.Tensor2D, tf.tensor2d(data, shape as [number, number]));
    return Array.from(tf.add(product, weights.get("classifier/bias")!.data).dataSync());
  });
  network.dispose();
  assert.equal(logits.length, 1000);
  assert.equal(logits.indexOf(Math.max(...logits)), expected.argmax);
  const scale = Math.sqrt(logits.reduce((sum, value) => sum + value ** 2, 0) / logits.length);
  const tolerance = tf.getBackend() === "tensorflow" ? 1e-4 : 1e-3;
  expected.first.forEach((value, i) =>
    assert.ok(Math.abs(logits[i] - value) <= tolerance * scale, `${logits[i]}, expected ${value}`)
  );
});

test("the body has timm's parameters, 4,652,008 less the classifier's, and 1/32 of the resolution, also not square", () => {
  const layers = new Layers(randomly(1));
  const shape = tf.tidy(() => efficientNetLite0.body(layers, tf.zeros([1, 64, 96, 3]), {training: false}).shape);
  assert.deepEqual(shape, [1, 2, 3, 1280]);
  const trainable = [...layers.variables.values()].filter((variable) => variable.trainable);
  assert.equal(
    trainable.reduce((sum, {size}) => sum + size, 0),
    4_652_008 - 1280 * 1000 - 1000
  );
  layers.dispose();
});
