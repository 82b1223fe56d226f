import assert from "node:assert/strict";
import {readFileSync} from "node:fs";
import {join} from "node:path";
import {before, test} from "node:test";
import * as tf from "@tensorflow/tfjs";
import {useBackend} from "../../src/lib/engine/backend.js";
import {efficientNetLite0} from "../../src/lib/models/efficientnet-lite.js";
import {inference} from "../../src/lib/models/layers.js";
import {publishedNetwork} from "../../src/lib/models/published-top.js";
import {readReference, referenceInput} from "../../src/lib/models/reference.js";
import {countTrainable, featureShape} from "./counts.js";

const {REFERENCE_DIR, WEIGHTS_DIR} = process.env;
const skip = REFERENCE_DIR && WEIGHTS_DIR ? false : "REFERENCE_DIR and WEIGHTS_DIR are not both set";

before(async () => void (await useBackend()));

test("the genuine weights with their own top give PyTorch's ImageNet logits", {skip}, async () => {
  const path = join(REFERENCE_DIR!, "efficientnet_lite0.json");
  const {input} = readReference(path);
  const {imagenet_logits: expected} = JSON.parse(readFileSync(path, "utf8")) as {
    imagenet_logits: {argmax: number; first: number[]};
  };
  const network = await publishedNetwork(efficientNetLite0);
  const logits = tf.tidy(() => {
    const features = efficientNetLite0.body(network.body, referenceInput(input), inference);
    return Array.from(network.classify(network.embed(features), inference).dataSync());
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
  assert.equal(countTrainable(efficientNetLite0).body, 4_652_008 - 1280 * 1000 - 1000);
  assert.deepEqual(featureShape(efficientNetLite0, 64, 96), [1, 2, 3, 1280]);
  assert.deepEqual(featureShape(efficientNetLite0, 101, 75), [1, 4, 3, 1280]);
});
