import assert from "node:assert/strict";
import {existsSync, mkdtempSync, writeFileSync} from "node:fs";
import {tmpdir} from "node:os";
import {join} from "node:path";
import {before, test} from "node:test";
import * as tf from "@tensorflow/tfjs";
import {tryBackend} from "../../src/lib/engine/backend.js";
import type {Architecture} from "../../src/lib/models/architecture.js";
import {inference, Layers} from "../../src/lib/models/layers.js";
import type {Reference} from "../../src/lib/models/reference.js";
import {
  compareActivations,
  needsPublishedWeights,
  readReference,
  referenceInput,
  ruleWeights
} from "../../src/lib/models/reference.js";
import {architecture, architectures} from "../../src/lib/models/registry.js";

/** A body of one layer, so small that its activations can be computed by hand. */
const tiny: Architecture = {
  ...architecture("mobilenetv2_0.35"),
  title: "Tiny",
  body: (layers, images, mode) => layers.relu("half", tf.mul(images, 0.5) as tf.Tensor4D, mode)
};

function summarise(values: number[], shape: number[]) {
  const mean = values.reduce((a, b) => a + b, 0) / values.length;
  const squares = values.reduce((sum, value) => sum + value ** 2, 0);
  const std = Math.sqrt(squares / values.length - mean ** 2);
  return {shape, mean, std, l2: Math.sqrt(squares), first: values.slice(0, 2), last: values.slice(-2)};
}

/** What the tiny body gives, with the last value of its activation moved. */
function tinyReference(moved = 0): Reference {
  const input: Reference["input"] = {shape: [1, 2, 2, 3], seed: 7};
  const values = tf.tidy(() => Array.from(referenceInput(input).dataSync(), (x) => Math.max(0, x / 2)));
  const pooled = [0, 1, 2].map((c) => [0, 3, 6, 9].reduce((sum, i) => sum + values[i + c] / 4, 0));
  const half = summarise(values, [1, 2, 2, 3]);
  half.last[1] += moved * (half.l2 / Math.sqrt(12));
  return {
    model: "tiny",
    made_by: "hand",
    input,
    activations: {half},
    global_average_pool: {...summarise(pooled, [1, 3]), all: pooled}
  };
}

const errors = async (body: Architecture, reference: Reference) =>
  new Map((await compareActivations(body, reference)).map(({layer, error}) => [layer, error]));

before(async () => void (await tryBackend("cpu")));

test("right activations differ by rounding only, a moved one by its share of the root mean square", async () => {
  const right = await errors(tiny, tinyReference());
  assert.deepEqual([...right.keys()], ["half", "global average pool"]);
  for (const error of right.values()) assert.ok(error < 1e-6, `${error}`);
  const wrong = await errors(tiny, tinyReference(0.25));
  assert.ok(Math.abs(wrong.get("half")! - 0.25) < 1e-6);
});

test("weights that a published file lays out in another way are filled in its layout, and converted", async () => {
  const turned: Architecture = {
    ...tiny,
    body: (layers, images, mode) => layers.conv("half", images, mode, {filters: 2, kernel: 1}),
    imagenet: {
      ...tiny.imagenet!,
      layout: (name, [height, width, inputs, outputs]) => ({
        name: `file_${name}`,
        shape: [height, width, outputs, inputs]
      }),
      convert: (weights) =>
        new Map(
          [...weights].map(
            ([
              name,
              {
                data: [a, b, c, d, e, f]
              }
            ]) => [name.replace("file_", ""), {shape: [1, 1, 3, 2], data: new Float32Array([a, d, b, e, c, f])}]
          )
        )
    }
  };
  const {input} = tinyReference();
  const values = tf.tidy(() => {
    const kernel: tf.Tensor2D = tf.transpose(tf.reshape(ruleWeights("file_half/kernel", [1, 1, 2, 3]), [2, 3]));
    return (tf.matMul(tf.reshape(referenceInput(input), [4, 3]), kernel) as tf.Tensor2D).arraySync();
  });
  const pooled = [0, 1].map((c) => values.reduce((sum, row) => sum + row[c] / 4, 0));
  const reference = {
    ...tinyReference(),
    activations: {half: summarise(values.flat(), [1, 2, 2, 2])},
    global_average_pool: summarise(pooled, [1, 2])
  };
  for (const error of (await errors(turned, reference)).values()) assert.ok(error < 1e-6, `${error}`);
});

test("an activation that is not a number is infinitely wrong", async () => {
  const broken = {
    ...tiny,
    body: (...[layers, images, mode]: Parameters<Architecture["body"]>) =>
      layers.relu("half", tf.mul(images, NaN) as tf.Tensor4D, mode)
  };
  assert.deepEqual([...(await errors(broken, tinyReference())).values()], [Infinity, Infinity]);
});

test("a missing layer, another shape and another number of weights are errors, and leave no tensors", async () => {
  const reference = tinyReference();
  const tensors = tf.memory().numTensors;
  const {half} = reference.activations;
  await assert.rejects(
    compareActivations(tiny, {...reference, activations: {third: half}}),
    /Tiny has no layer third, which its reference lists/
  );
  await assert.rejects(
    compareActivations(tiny, {...reference, activations: {half: {...half, shape: [1, 4, 1, 3]}}}),
    /half of Tiny is \[1,2,2,3\], in its reference \[1,4,1,3\]/
  );
  await assert.rejects(compareActivations(tiny, {...reference, parameters: 5}), /has 0 values .* its reference 5/);
  assert.equal(tf.memory().numTensors, tensors);
});

test("a reference file that is damaged or of another kind is refused with what is wrong", () => {
  const path = join(mkdtempSync(join(tmpdir(), "reference-")), "a.json");
  for (const [content, message] of [
    ["{", /Cannot read the reference .*a\.json/],
    [
      JSON.stringify({...tinyReference(), global_average_pool: undefined}),
      /not a reference of activations:\n {2}global_average_pool: /
    ],
    ['{"model": 1}', /\n {2}model: .*\n {2}made_by: /]
  ] as const) {
    writeFileSync(path, content);
    assert.throws(() => readReference(path), message);
  }
  writeFileSync(path, JSON.stringify(tinyReference()));
  assert.deepEqual(readReference(path), tinyReference());
});

test("the rule fills a tensor by its name in Keras 3, within the bounds of its kind", () => {
  const values = (name: string, shape: number[]) => tf.tidy(() => Array.from(ruleWeights(name, shape).dataSync()));
  const within = (name: string, shape: number[], low: number, high: number) => {
    const all = values(name, shape);
    assert.ok(Math.min(...all) >= low && Math.max(...all) <= high, name);
    assert.ok(Math.max(...all) - Math.min(...all) > 0.9 * (high - low), `${name} fills its range`);
  };
  within("a/kernel", [3, 3, 8, 16], -Math.sqrt(6 / 72), Math.sqrt(6 / 72));
  within("a/pointwise_kernel", [1, 1, 8, 64], -Math.sqrt(6 / 8), Math.sqrt(6 / 8));
  within("a/depthwise_kernel", [3, 3, 32, 1], -Math.sqrt(3 / 9), Math.sqrt(3 / 9));
  within("a/gamma", [256], 0.8, 1.2);
  within("a/moving_variance", [256], 0.8, 1.2);
  within("a/moving_mean", [256], -0.1, 0.1);
  assert.deepEqual(
    values("a_depthwise/depthwise_kernel", [3, 3, 4, 1]),
    values("a_depthwise/kernel", [3, 3, 4, 1]),
    "a depthwise convolution has a kernel"
  );
});

test("a reference made with published weights says so", () => {
  assert.equal(needsPublishedWeights(tinyReference()), false);
  assert.equal(needsPublishedWeights({...tinyReference(), made_by: "torch, float32, weights a.safetensors"}), true);
});

const folder = process.env.REFERENCE_DIR;
const tolerances = {tensorflow: 1e-4, webgpu: 1e-3, wasm: 1e-3} as const;

for (const body of architectures) {
  for (const [backend, tolerance] of Object.entries(tolerances)) {
    test(`${body.id}: every activation equals its reference on ${backend}`, async (t) => {
      if (!folder) return t.skip("REFERENCE_DIR is not set");
      const path = join(folder, `${body.id}.json`);
      if (!existsSync(path)) return t.skip(`there is no reference of ${body.title}`);
      const reference = readReference(path);
      if (needsPublishedWeights(reference) && !process.env.WEIGHTS_DIR) return t.skip("WEIGHTS_DIR is not set");
      const {works, reason} = await tryBackend(backend as keyof typeof tolerances);
      if (!works) return t.skip(reason);
      const tensors = tf.memory().numTensors;
      const comparisons = await compareActivations(body, reference);
      assert.equal(comparisons.length, Object.keys(reference.activations).length + 1);
      for (const {layer, error} of comparisons) assert.ok(error <= tolerance, `${layer} is off by ${error}`);
      assert.equal(tf.memory().numTensors, tensors);
    });
  }
}

/** A body's features, with the rule's weights, of a wide image; and the transpose of those when all is transposed. */
function wideFeatures({body}: Architecture): {wide: tf.Tensor4D; high: tf.Tensor4D} {
  const layers = new Layers(ruleWeights);
  const turned = (images: tf.Tensor4D) => tf.transpose(images, [0, 2, 1, 3]);
  const images = referenceInput({shape: [1, 64, 96, 3], seed: 7});
  const wide = tf.tidy(() => body(layers, images, inference));
  const kernels = [...layers.variables.values()].filter(({rank}) => rank === 4);
  tf.tidy(() => kernels.forEach((kernel) => kernel.assign(tf.transpose(kernel, [1, 0, 2, 3]))));
  const high = tf.tidy(() => turned(body(layers, turned(images), inference)));
  layers.dispose();
  images.dispose();
  return {wide, high};
}

/** The largest difference as a share of the root mean square. */
const relativeError = (a: tf.Tensor, b: tf.Tensor) =>
  tf.tidy(() => tf.div(tf.max(tf.abs(tf.sub(a, b))), tf.sqrt(tf.mean(tf.square(b)))).dataSync()[0]);

for (const body of architectures) {
  test(`${body.id}: height and width are treated alike, and backends agree on images that are not square`, async () => {
    const values: Float32Array[] = [];
    for (const backend of ["tensorflow", "wasm"] as const) {
      if (!(await tryBackend(backend)).works) continue;
      const {wide, high} = wideFeatures(body);
      assert.ok(wide.shape[1] < wide.shape[2], `[${wide.shape}]`);
      assert.ok(relativeError(high, wide) < 1e-3);
      values.push((await wide.data()) as Float32Array);
      tf.dispose([wide, high]);
    }
    const [first, ...others] = values.map((value) => tf.tensor1d(value));
    for (const other of others) assert.ok(relativeError(other, first) < 1e-3);
    tf.dispose([first, ...others]);
  });
}
