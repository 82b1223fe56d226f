/**
 * How fast does a network train and predict? `npm run bench -- train [--model m --size s --batch b --repeats r]
 * [--json]` times both on synthetic images: step by step compiled into a graph ("tfjs"), operation by operation
 * ("tfjs-eager"), and in PyTorch and Keras where they are installed. Each is timed in a process of its own: two steps
 * to warm up, then five, all layers trainable, Adam, float32, every core. They take turns, so that other work on the
 * machine slows them all alike, and the median of a contender's turns counts.
 */
import type * as tf from "@tensorflow/tfjs";
import {groups, max, median} from "d3";
import {useBackend} from "../src/lib/engine/backend.js";
import type {Program, Steps} from "../src/lib/engine/graph/index.js";
import {compile, eager} from "../src/lib/engine/graph/index.js";
import type {Run} from "../src/lib/engine/run-command.js";
import {complaint, runCommand} from "../src/lib/engine/run-command.js";
import {randomly} from "../src/lib/models/initialise.js";
import {Network} from "../src/lib/models/network.js";
import {architecture} from "../src/lib/models/registry.js";
import {UserError} from "../src/lib/support/errors.js";
import {mulberry32} from "../src/lib/measures/random.js";
import {Adam} from "../src/lib/training/adam.js";
import {predictionStep} from "../src/lib/training/inference.js";
import {lossOf} from "../src/lib/training/loss.js";
import {trained} from "../src/lib/training/parameter-groups.js";
import {trainingStep} from "../src/lib/training/step.js";
import type {Command, OtherFramework} from "./peers.js";
import {locateFramework, otherFrameworks} from "./peers.js";

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

const ours = ["tfjs", "tfjs-eager"] as const;
type OurPeer = (typeof ours)[number];
type Peer = OurPeer | OtherFramework;

const [classes, warmUp, steps] = [4, 2, 5];
const phase = {train: "all", trainBatchNorm: true, maxRate: 1e-3} as const;

/** Times a peer in this process and reports as it goes, the forward pass first. */
export async function timeTraining(peer: OurPeer, bench: TrainBench, report: (speed: Speed) => void): Promise<void> {
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
    forward: () => program.run("forward", {images}).rows,
    train() {
      const {loss, gradientNorm} = program.run("train", {images, targets, seed: 0, ...optimizer.next(settings)});
      gradientNorm.dispose();
      return loss;
    }
  };
  for (const what of ["forward", "train"] as const) {
    const seconds = await clock(works[what]);
    const images_per_second = Number(((steps * batch) / seconds).toFixed(3));
    report({peer, ...bench, what, images_per_second, peak_rss_mb: Math.floor(process.resourceUsage().maxRSS / 1024)});
  }
}

const choose = <S extends Steps>(peer: OurPeer, steps: S, variables: tf.Variable[]): Program<S> =>
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

interface Options extends TrainBench {
  json: boolean;
  /** Turns of every contender. */
  repeats: number;
}

/** Measures every contender that is here, turn by turn, and prints a table, or lines of JSON. */
export async function benchTrain({json, repeats, ...bench}: Options, run: Run = runCommand): Promise<void> {
  architecture(bench.model);
  const contenders = await findContenders(bench, run);
  const speeds: Speed[] = [];
  for (let turn = 0; turn < repeats; ++turn) {
    for (const [peer, command] of contenders) {
      const measured = await measure(peer, command, run);
      if (measured.length === 0) contenders.delete(peer);
      speeds.push(...measured);
    }
  }
  const typical = medians(speeds);
  console.log(json ? typical.map((speed) => JSON.stringify(speed)).join("\n") : formatSpeeds(typical));
}

async function findContenders(bench: TrainBench, run: Run): Promise<Map<Peer, Command>> {
  const contenders = new Map<Peer, Command>(ours.map((peer) => [peer, ourCommand(peer, bench)]));
  for (const framework of otherFrameworks) {
    const found = await locateFramework(framework, bench, run);
    if ("missing" in found) console.error(`${framework} is not measured: ${found.missing}.`);
    else contenders.set(framework, found);
  }
  return contenders;
}

function ourCommand(peer: OurPeer, bench: TrainBench): Command {
  const program = `const {timeTraining} = await import(${JSON.stringify(import.meta.url)});
    const print = (speed) => console.log(JSON.stringify(speed));
    await timeTraining(${JSON.stringify(peer)}, ${JSON.stringify(bench)}, print);
    process.exit(0);`;
  const tsx = import.meta.resolve("tsx");
  return {command: process.execPath, args: ["--import", tsx, "--input-type=module", "-e", program]};
}

/** One turn. What another framework cannot do is said and leaves no lines; what this project cannot do is an error. */
async function measure(peer: Peer, {command, args}: Command, run: Run): Promise<Speed[]> {
  const outcome = await run(command, args);
  const lines = outcome.stdout.split("\n").filter((line) => line.startsWith("{"));
  if (outcome.code === 0) return lines.map((line) => JSON.parse(line) as Speed);
  if (!(ours as readonly string[]).includes(peer)) {
    console.error(`${peer} is not measured: ${complaint(outcome, 1)}`);
    return [];
  }
  throw new UserError(`The process of ${peer} ended with code ${outcome.code}:\n${complaint(outcome)}`, {
    hint: "Where memory is short, a smaller --batch or --size may fit."
  });
}

/** The median speed of every contender's turns at each work, and the most memory of any: forward passes first. */
export function medians(speeds: readonly Speed[]): Speed[] {
  return groups(speeds, ({peer, what}) => `${what} ${peer}`)
    .map(([, same]) => ({
      ...same[0],
      images_per_second: median(same, (speed) => speed.images_per_second)!,
      peak_rss_mb: max(same, (speed) => speed.peak_rss_mb)!
    }))
    .sort((a, b) => a.what.localeCompare(b.what));
}

/** A table; a ratio is to the fastest of the other frameworks at the same work. */
export function formatSpeeds(speeds: readonly Speed[]): string {
  const row = (...[peer, what, ...numbers]: string[]) =>
    [peer.padEnd(11), what.padEnd(8), ...numbers.map((number) => number.padStart(9))].join(" ");
  const best = (work: Speed["what"]) =>
    max(speeds, ({peer, what, images_per_second}) =>
      what === work && !(ours as readonly string[]).includes(peer) ? images_per_second : undefined
    );
  const rows = speeds.map(({peer, what, images_per_second, peak_rss_mb}) => {
    const other = best(what);
    const ratio = other === undefined ? "" : (images_per_second / other).toFixed(2);
    return row(peer, what, images_per_second.toFixed(1), ratio, String(peak_rss_mb));
  });
  return [row("peer", "what", "images/s", "ratio", "peak MB"), ...rows].join("\n");
}
