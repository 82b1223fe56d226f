import assert from "node:assert/strict";
import {mkdtempSync, writeFileSync} from "node:fs";
import {tmpdir} from "node:os";
import {join} from "node:path";
import {after, test} from "node:test";
import * as tf from "@tensorflow/tfjs";
import h5wasm from "h5wasm/node";
import type {Architecture} from "../../src/lib/models/architecture.js";
import {loadWeights, locateWeights, readKerasWeights} from "../../src/lib/models/keras-weights.js";
import {architecture} from "../../src/lib/models/registry.js";

const folder = mkdtempSync(join(tmpdir(), "weights-"));
const before = process.env.WEIGHTS_DIR;
process.env.WEIGHTS_DIR = folder;
after(() => {
  if (before === undefined) delete process.env.WEIGHTS_DIR;
  else process.env.WEIGHTS_DIR = before;
});

const published = (file: string): Architecture => ({
  ...architecture("mobilenetv2_0.35"),
  imagenet: {file, url: "https://example.org/w.h5", format: "keras", digests: ["sha256:00"], licence: "MIT"}
});
const tensor = (shape: number[], value = 1) => ({
  shape,
  data: new Float32Array(shape.reduce((a, b) => a * b, 1)).fill(value)
});

test("a file of another digest is refused with both digests and what to do", () => {
  writeFileSync(join(folder, "w.h5"), "truncated");
  assert.throws(
    () => locateWeights(published("w.h5")),
    /damaged or another file: its SHA-256 is [0-9a-f]{64}, expected sha256:00[^]*download it again from https:\/\/example/
  );
});

test("an absent file names its publisher", () => {
  assert.throws(
    () => locateWeights(published("absent.h5")),
    /absent\.h5 are not in [^]*Download them from https:\/\/example/
  );
});

test("a Keras file is read by layer and weight", async () => {
  await h5wasm.ready;
  const path = join(folder, "small.h5");
  const h5 = new h5wasm.File(path, "w");
  h5.create_attribute("layer_names", ["dense"]);
  const group = h5.create_group("dense");
  group.create_attribute("weight_names", ["dense/kernel:0"]);
  group
    .create_group("dense")
    .create_dataset({name: "kernel:0", data: new Float32Array([1, 2, 3, 4, 5, 6]), shape: [2, 3]});
  h5.close();
  const weights = await readKerasWeights(path);
  assert.deepEqual([...weights], [["dense/kernel", {shape: [2, 3], data: new Float32Array([1, 2, 3, 4, 5, 6])}]]);
});

test("missing, unknown and misshapen weights are all named, and nothing is loaded", () => {
  const variable = tf.variable(tf.zeros([2]));
  const variables = new Map([
    ["a/bias", variable],
    ["b/bias", tf.variable(tf.zeros([1]))]
  ]);
  assert.throws(
    () =>
      loadWeights(
        variables,
        new Map([
          ["a/bias", tensor([3])],
          ["c/bias", tensor([1])]
        ]),
        "the file"
      ),
    /the file do not fit the network: 1 missing \(b\/bias\); 1 unknown \(c\/bias\); a\/bias is \[3\], expected \[2\]/
  );
  assert.deepEqual(Array.from(variable.dataSync()), [0, 0]);
  loadWeights(
    variables,
    new Map([
      ["a/bias", tensor([2], 7)],
      ["b/bias", tensor([1])]
    ]),
    "the file"
  );
  assert.deepEqual(Array.from(variable.dataSync()), [7, 7]);
});
