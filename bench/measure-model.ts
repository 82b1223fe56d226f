/** Measures one network in a process of its own, whose peak memory is then the measurement's: bench/models.ts starts it. */
import * as tf from "@tensorflow/tfjs";
import {useBackend} from "../src/lib/engine/backend.js";
import {randomly} from "../src/lib/models/initialise.js";
import {inference} from "../src/lib/models/layers.js";
import {Network} from "../src/lib/models/network.js";
import {architecture} from "../src/lib/models/registry.js";
import {Adam} from "../src/lib/training/adam.js";
import {lossAndGradients, trainable} from "../src/lib/training/step.js";
import type {Task} from "./models.js";

const classes = 4;
const repetitions = 3;

/** Seconds of the quickest of several runs, the first of which, that warms up, does not count. */
async function quickest(run: () => Promise<unknown>): Promise<number> {
  const times: number[] = [];
  for (let i = 0; i <= repetitions; ++i) {
    const start = performance.now();
    await run();
    if (i > 0) times.push((performance.now() - start) / 1000);
  }
  return Math.min(...times);
}

/** One pass over a batch, without gradients. */
function forward(network: Network, images: tf.Tensor4D): () => Promise<unknown> {
  return async () => {
    const logits = tf.tidy(() => network.logits(images, inference));
    await logits.data();
    logits.dispose();
  };
}

/** A whole step of training, as the learner does it: forward, backward, Adam. */
function train(network: Network, images: tf.Tensor4D): () => Promise<unknown> {
  const phase = {train: "all", epochs: 1, maxRate: 1e-3} as const;
  const variables = trainable(network, phase);
  const optimizer = new Adam(variables, 1e-2);
  const labels = Int32Array.from({length: images.shape[0]}, (_, i) => i % classes);
  const targets = tf.tidy(() => tf.oneHot(tf.tensor1d(labels, "int32"), classes).toFloat() as tf.Tensor2D);
  return async () => {
    const mode = {training: true, seed: 1};
    const {loss, gradients} = lossAndGradients(network, phase, variables, {images, targets, mode});
    optimizer.apply(gradients, {rate: 1e-4, momentum: 0.9});
    await loss.data();
    tf.dispose([loss, ...gradients]);
  };
}

const {model, size, batch, pass} = JSON.parse(process.argv[2]) as Task;
const {name, device} = await useBackend();
const network = new Network(architecture(model), {classes, size, dropout: 0.5}, randomly(1));
const images = tf.randomUniform([batch, size, size, 1], 0, 1, "float32", 1) as tf.Tensor4D;
const seconds = await quickest((pass === "train" ? train : forward)(network, images));
// Kilobytes, also on macOS: Node converts.
const peakMemory = 1024 * process.resourceUsage().maxRSS;
console.log(JSON.stringify({imagesPerSecond: batch / seconds, peakMemory, backend: name, device}));
process.exit(0); // a GPU's threads would keep the process alive
