/**
 * Measures one network in a process of its own, whose peak memory is then the measurement's: bench/models.ts starts it.
 */
import type * as tf from "@tensorflow/tfjs";
import {useBackend} from "../src/lib/engine/backend.js";
import {fastest} from "../src/lib/engine/graph/index.js";
import {randomly} from "../src/lib/models/initialise.js";
import {Network} from "../src/lib/models/network.js";
import {architecture} from "../src/lib/models/registry.js";
import {mulberry32} from "../src/lib/measures/random.js";
import {Adam} from "../src/lib/training/adam.js";
import {predictionStep} from "../src/lib/training/inference.js";
import {lossOf} from "../src/lib/training/loss.js";
import {trained} from "../src/lib/training/parameter-groups.js";
import {trainingStep} from "../src/lib/training/step.js";
import type {Task} from "./models.js";

const classes = 4;
const repetitions = 3;
const warn = (message: string) => console.error(message);

/** Seconds of the quickest of several runs, the first of which, that warms up, does not count. */
async function quickest(run: () => tf.Tensor): Promise<number> {
  const times: number[] = [];
  for (let i = 0; i <= repetitions; ++i) {
    const start = performance.now();
    const result = run();
    await result.data();
    result.dispose();
    if (i > 0) times.push((performance.now() - start) / 1000);
  }
  return Math.min(...times);
}

const {model, size, batch, pass} = JSON.parse(process.argv[2]) as Task;
const {name, device} = await useBackend();
const network = new Network(architecture(model), {classes, size, dropout: 0.5}, randomly(1));
const random = mulberry32(1);
const images = Float32Array.from({length: batch * size * size}, random);
const targets = Float32Array.from({length: batch * classes}, (_, at) =>
  Number(Math.floor(at / classes) % classes === at % classes)
);

/** One pass over a batch, without gradients. */
function forward(): () => tf.Tensor {
  const program = fastest({forward: predictionStep(network, batch, size)}, [...network.variables.values()], warn);
  return () => program.run("forward", {images}).rows;
}

/** A whole step of training, as the learner does it: forward, backward, Adam. */
function train(): () => tf.Tensor {
  const {groups, frozen} = trained(network, {train: "all", trainBatchNorm: true, maxRate: 1e-3});
  const optimizer = new Adam(groups, {weightDecay: 1e-2});
  const steps = {train: trainingStep({network, optimizer, loss: lossOf, frozen, batchSize: batch, size, classes})};
  const program = fastest(steps, [...network.variables.values(), ...optimizer.moments], warn);
  const settings = {rate: 1e-4, momentum: 0.9};
  return () => {
    const {loss, gradientNorm} = program.run("train", {images, targets, seed: 1, ...optimizer.next(settings)});
    gradientNorm.dispose();
    return loss;
  };
}

const seconds = await quickest((pass === "train" ? train : forward)());
// Kilobytes, also on macOS: Node converts.
const peakMemory = 1024 * process.resourceUsage().maxRSS;
console.log(JSON.stringify({imagesPerSecond: batch / seconds, peakMemory, backend: name, device}));
process.exit(0); // a GPU's threads would keep the process alive
