/**
 * How fast does a network train and predict? `npm run bench -- train [--model m --size s --batch b] [--json]` times both on
 * synthetic images, step by step compiled into a graph ("tfjs") and operation by operation ("tfjs-eager"), each in a
 * process of its own: two steps to warm up, then five, all layers trainable, Adam, float32, every core. With `--json` it
 * prints lines with the fields that programs for PyTorch and Keras can print too, so that they can be laid side by side.
 */
import type * as tf from "@tensorflow/tfjs";
import {runCommand} from "../src/lib/engine/run-command.js";
import {useBackend} from "../src/lib/engine/backend.js";
import type {Program, Steps} from "../src/lib/engine/graph/index.js";
import {compile, eager} from "../src/lib/engine/graph/index.js";
import {randomly} from "../src/lib/models/initialise.js";
import {Network} from "../src/lib/models/network.js";
import {architecture} from "../src/lib/models/registry.js";
import {UserError} from "../src/lib/support/errors.js";
import {mulberry32} from "../src/lib/support/random.js";
import {Adam} from "../src/lib/training/adam.js";
import {predictionStep} from "../src/lib/training/inference.js";
import {lossOf} from "../src/lib/training/loss.js";
import {trained} from "../src/lib/training/parameter-groups.js";
import {trainingStep} from "../src/lib/training/step.js";

export interface TrainBench {
  model: string;
  size: number;
  batch: number;
}

/** One line of the result. */
export interface Speed extends TrainBench {
  peer: Peer;
  what: "forward" | "train";
  images_per_second: number;
  /** The most memory that the process had held until then, in MiB. */
  peak_rss_mb: number;
}

const peers = ["tfjs", "tfjs-eager"] as const;
type Peer = (typeof peers)[number];

const [classes, warmUp, steps] = [4, 2, 5];
const phase = {train: "all", trainBatchNorm: true, maxRate: 1e-3} as const;

/** Times a peer in this process and reports as it goes, the forward pass first. */
export async function timeTraining(peer: Peer, bench: TrainBench, report: (speed: Speed) => void): Promise<void> {
  await useBackend();
  const {model, size, batch} = bench;
  const network = new Network(architecture(model), {classes, size, dropout: 0}, randomly(1));
  const {groups, frozen} = trained(network, phase);
  const optimizer = new Adam(groups);
  const train = trainingStep({network, optimizer, loss: lossOf, frozen, batchSize: batch, size, classes});
  const forward = predictionStep(network, batch, size);
  const program = choose(peer, {forward, train}, [...network.variables.values(), ...optimizer.moments]);
  const random = mulberry32(1);
  const images = Float32Array.from({length: batch * size * size}, random);
  const targets = Float32Array.from({length: batch * classes}, (_, i) => (i % (classes + 1) === 0 ? 1 : 0));
  const settings = {rate: 1e-3, momentum: 0.9};
  const works = {
    forward: () => program.run("forward", {images}).probabilities,
    train: () => program.run("train", {images, targets, seed: 0, ...optimizer.next(settings)}).loss
  };
  for (const what of ["forward", "train"] as const) {
    const seconds = await clock(works[what]);
    const images_per_second = Number(((steps * batch) / seconds).toFixed(3));
    report({peer, ...bench, what, images_per_second, peak_rss_mb: Math.floor(process.resourceUsage().maxRSS / 1024)});
  }
}

const choose = <S extends Steps>(peer: Peer, steps: S, variables: tf.Variable[]): Program<S> =>
  peer === "tfjs" ? compile(steps, variables) : eager(steps);

/** Seconds that the timed steps take; reading a value waits for the computation. */
async function clock(work: () => tf.Tensor): Promise<number> {
  let start = 0;
  for (let i = -warmUp; i < steps; ++i) {
    if (i === 0) start = performance.now();
    const result = work();
    await result.data();
    result.dispose();
  }
  return (performance.now() - start) / 1000;
}

/** Measures every peer in a process of its own and prints a table, or lines of JSON. */
export async function benchTrain(bench: TrainBench, json: boolean): Promise<void> {
  architecture(bench.model);
  if (!json) console.log(row("peer", "what", "images/s", "peak MB"));
  for (const peer of peers) {
    for (const speed of await measure(peer, bench)) {
      const {what, images_per_second, peak_rss_mb} = speed;
      console.log(json ? JSON.stringify(speed) : row(peer, what, images_per_second.toFixed(1), `${peak_rss_mb}`));
    }
  }
}

const row = (peer: string, what: string, speed: string, memory: string) =>
  `${peer.padEnd(11)} ${what.padEnd(8)} ${speed.padStart(9)} ${memory.padStart(9)}`;

async function measure(peer: Peer, bench: TrainBench): Promise<Speed[]> {
  const program = `const {timeTraining} = await import(${JSON.stringify(import.meta.url)});
    await timeTraining(${JSON.stringify(peer)}, ${JSON.stringify(bench)}, (speed) => console.log(JSON.stringify(speed)));
    process.exit(0);`;
  const tsx = import.meta.resolve("tsx");
  const outcome = await runCommand(process.execPath, ["--import", tsx, "--input-type=module", "-e", program]);
  const lines = outcome.stdout.split("\n").filter((line) => line.startsWith("{"));
  if (outcome.code === 0) return lines.map((line) => JSON.parse(line) as Speed);
  throw new UserError(`The process of ${peer} ended with code ${outcome.code}:\n${outcome.stderr.trim()}`, {
    hint: "Where memory is short, a smaller --batch or --size may fit."
  });
}
