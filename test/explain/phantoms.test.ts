import assert from "node:assert/strict";
import {before, test} from "node:test";
import * as tf from "@tensorflow/tfjs";
import {outsideBody} from "../../src/lib/dataset/body.js";
import {openAnnotations} from "../../src/lib/dataset/masks.js";
import type {Region} from "../../src/lib/dataset/masks/regions.js";
import type {PhantomOptions} from "../../src/lib/dataset/phantom.js";
import {openPhantom} from "../../src/lib/dataset/phantom.js";
import {readPixels} from "../../src/lib/dataset/pixels.js";
import {useBackend} from "../../src/lib/engine/backend.js";
import {energyShare, pointsAt} from "../../src/lib/explain/attention.js";
import type {Pass} from "../../src/lib/explain/cam.js";
import {activationMaps, locateLayer} from "../../src/lib/explain/cam.js";
import {upsample} from "../../src/lib/measures/raster.js";
import {randomly} from "../../src/lib/models/initialise.js";
import type {Mode} from "../../src/lib/models/layers.js";
import {inference, Layers} from "../../src/lib/models/layers.js";
import {imageTensor} from "../../src/lib/training/inference.js";

before(async () => void (await useBackend()));

const size = 48;
const [bacteria, normal] = [2, 3];

/** Three convolutions, global maximum pooling and one linear layer for two classes. */
function tiny(): {layers: Layers; pass: Pass} {
  const layers = new Layers(randomly(1));
  const pass = (images: tf.Tensor4D, mode: Mode) => {
    let x = tf.mul(tf.sub(images, 0.5), 4) as tf.Tensor4D;
    [8, 16, 16].forEach((filters, i) => {
      const strides = i < 2 ? 2 : 1;
      x = layers.relu(`relu_${i}`, layers.conv(`conv_${i}`, x, mode, {filters, kernel: 5, strides, bias: true}), mode);
    });
    return layers.dense("logits", tf.max(x, [1, 2]) as tf.Tensor2D, mode, {units: 2});
  };
  tf.tidy(() => void pass(tf.zeros([1, size, size, 1]), inference));
  return {layers, pass};
}

/** Trains on all images at once until the loss is small, and returns the share that is right. */
function fit(pass: Pass, images: tf.Tensor4D, labels: Int32Array): number {
  const optimizer = tf.train.adam(0.005);
  return tf.tidy(() => {
    const truth = tf.oneHot(tf.tensor1d(labels, "int32"), 2);
    for (let step = 0, loss = Infinity; step < 150 && loss > 0.1; ++step) {
      const cost = () => tf.losses.softmaxCrossEntropy(truth, pass(images, inference)) as tf.Scalar;
      loss = optimizer.minimize(cost, true)!.dataSync()[0];
    }
    optimizer.dispose();
    const right = tf.equal(tf.argMax(pass(images, inference), 1), tf.tensor1d(labels, "int32"));
    return tf.mean(tf.cast(right, "float32")).dataSync()[0];
  });
}

const mean = (values: number[]) => values.reduce((a, b) => a + b, 0) / values.length;

/**
 * Trains on bacterial pneumonia and normal chests and says where the maps of one class point: by region, the mean
 * energy and the share of hits, of its maps and of a uniform map. HiResCAM shows what a maximum was taken of, Grad-CAM
 * spreads it.
 */
async function pointing(options: PhantomOptions, explained: number, regions: (Region | "outside")[]) {
  const dataset = openPhantom({size, train: 80, test: 1, seed: 5, ...options});
  const examples = dataset.train.filter(({label}) => label === bacteria || label === normal);
  const {pixels} = await readPixels(examples, {size});
  const labels = Int32Array.from(examples, ({label}) => Number(label === normal));
  const images = imageTensor(pixels, 0, examples.length);
  const {pass, layers} = tiny();
  const accuracy = fit(pass, images, labels);
  const site = locateLayer(pass, [size, size, 1], "relu_2");
  const maps = activationMaps(pass, images, labels, site, "hires-cam");
  const cells = await maps.data();
  tf.dispose([images, maps]);
  layers.dispose();
  const [side] = site.shape;
  const {draw} = openAnnotations(dataset);
  const uniform = new Float32Array(size ** 2).fill(1);
  const found = regions.map(() => [uniform, uniform].map(() => ({energy: [] as number[], hits: [] as number[]})));
  for (const [i, example] of examples.entries()) {
    if (example.label !== explained) continue;
    const map = upsample(cells.subarray(i * side ** 2, (i + 1) * side ** 2), side, size);
    const outside = outsideBody(pixels.data.subarray(i * size ** 2, (i + 1) * size ** 2), size);
    const masks = {...(await draw(example, size)), outside};
    regions.forEach((region, r) =>
      [map, uniform].forEach((one, k) => {
        found[r][k].energy.push(energyShare(one, masks[region]!) ?? 0);
        found[r][k].hits.push(pointsAt(one, masks[region]!, size) ?? 0);
      })
    );
  }
  const means = found.map((pair) => pair.map(({energy, hits}) => ({energy: mean(energy), hits: mean(hits)})));
  return {accuracy, means};
}

test("a network that has learned opacities points at them", async () => {
  const {accuracy, means} = await pointing({}, bacteria, ["opacities"]);
  const [[map, uniform]] = means;
  assert.ok(accuracy > 0.9, `it is right about ${accuracy}`);
  assert.ok(map.energy > 2 * uniform.energy && map.hits > 2 * uniform.hits, JSON.stringify(means));
});

test("a network that has learned a planted marker is caught pointing at it, outside the body", async () => {
  const {accuracy, means} = await pointing({marker: {class: "normal"}}, normal, ["marker", "outside", "lungs"]);
  const [marker, outside, lungs] = means;
  assert.ok(accuracy > 0.9, `it is right about ${accuracy}`);
  assert.ok(marker[0].energy > 10 * marker[1].energy, JSON.stringify(marker));
  assert.ok(outside[0].energy > 2 * outside[1].energy && outside[0].hits > 0.9, JSON.stringify(outside));
  assert.ok(lungs[0].energy < 0.2 * lungs[1].energy && lungs[0].hits < 0.1, JSON.stringify(lungs));
});
