import assert from "node:assert/strict";
import {before, test} from "node:test";
import * as tf from "@tensorflow/tfjs";
import {useBackend} from "../../src/lib/engine/backend.js";
import {randomly} from "../../src/lib/models/initialise.js";
import {inference} from "../../src/lib/models/layers.js";
import {createNetwork, Network} from "../../src/lib/models/network.js";
import {architecture, architectures} from "../../src/lib/models/registry.js";

before(async () => void (await useBackend()));

const options = {classes: 4, size: 32, dropout: 0.5};
const images = () => tf.randomUniform([2, 32, 32, 1], 0, 1, "float32", 5) as tf.Tensor4D;

for (const {id, featureLayer} of architectures) {
  test(`${id}: networks of one seed are equal, of two seeds are not until one loads the other's weights`, async () => {
    const [a, b, c] = [1, 1, 2].map((seed) => new Network(architecture(id), options, randomly(seed)));
    const logits = (network: Network) => tf.tidy(() => Array.from(network.logits(images(), inference).dataSync()));
    assert.deepEqual(logits(a), logits(b));
    assert.notDeepEqual(logits(a), logits(c));
    c.load(await a.save(), "the test");
    assert.deepEqual(logits(a), logits(c));
    [a, b, c].forEach((network) => network.dispose());
  });

  test(
    `${id}: every variable gets a gradient, statistics move only in training, the feature layer is ` +
      "last, nothing leaks",
    () => {
      const tensors = tf.memory().numTensors;
      const network = new Network(architecture(id), options, randomly(1));
      const x = images();
      const made = tf.memory().numTensors;
      const mean = [...network.variables].filter(([name]) => name.endsWith("/moving_mean")).at(-1)![1];
      const untouched = Array.from(mean.dataSync());
      tf.dispose(network.logits(x, inference));
      assert.equal(tf.memory().numTensors > made, true, "an untidied pass keeps its intermediate results");
      let last = "";
      const tap = (layer: string, output: tf.Tensor) => ((last = layer), output);
      tf.tidy(() => network.features(x, {...inference, tap}));
      assert.equal(last, featureLayer);
      tf.tidy(() => network.logits(x, inference));
      assert.deepEqual(Array.from(mean.dataSync()), untouched);
      const before = tf.memory().numTensors;
      const trainable = [...network.variables.values()].filter((variable) => variable.trainable);
      const {value, grads} = tf.variableGrads(
        () => tf.mean(tf.square(network.logits(x, {training: true, seed: 1}))) as tf.Scalar,
        trainable
      );
      assert.equal(Object.keys(grads).length, trainable.length);
      assert.ok(Number.isFinite(value.dataSync()[0]));
      assert.notDeepEqual(Array.from(mean.dataSync()), untouched);
      tf.dispose([value, grads]);
      assert.equal(tf.memory().numTensors, before);
      assert.ok(tensors < before);
      network.dispose();
    }
  );
}

test("the study's head on 1280 features has the parameters that its layers say", () => {
  const network = new Network(architecture("mobilenetv2_0.35"), options, randomly(1));
  const sizes = [...network.head.variables.values()].filter(({trainable}) => trainable).map(({size}) => size);
  const pooled = 2 * 1280;
  assert.equal(
    sizes.reduce((a, b) => a + b),
    2 * pooled + (pooled * 512 + 512) + 2 * 512 + (512 * 4 + 4)
  );
  network.dispose();
});

test(
  "a run from ImageNet needs the weight file and says where to get it",
  {skip: process.env.WEIGHTS_DIR ? "WEIGHTS_DIR is set" : false},
  async () => {
    process.env.WEIGHTS_DIR = "/nonexistent";
    try {
      await assert.rejects(
        createNetwork(architecture("mobilenetv2_0.35"), {...options, initialisation: "imagenet", seed: 1}),
        /mobilenet_v2_weights.*not in \/nonexistent[^]*Download them from https:/
      );
    } finally {
      delete process.env.WEIGHTS_DIR;
    }
  }
);

test(
  "the genuine ImageNet weights load and differ from random ones",
  {skip: process.env.WEIGHTS_DIR ? false : "WEIGHTS_DIR is not set"},
  async () => {
    const network = await createNetwork(architecture("mobilenetv2_0.35"), {
      ...options,
      initialisation: "imagenet",
      seed: 1
    });
    const kernel = Array.from(network.body.variables.get("Conv1/kernel")!.dataSync());
    const initial = new Network(architecture("mobilenetv2_0.35"), options, randomly(1));
    assert.notDeepEqual(kernel, Array.from(initial.body.variables.get("Conv1/kernel")!.dataSync()));
    assert.deepEqual(
      Array.from(network.head.variables.get("head_dense/kernel")!.dataSync().slice(0, 4)),
      Array.from(initial.head.variables.get("head_dense/kernel")!.dataSync().slice(0, 4))
    );
    network.dispose();
    initial.dispose();
  }
);
