import {decodeGrey} from "../../lib/dataset/decode.js";
import type {Dataset} from "../../lib/dataset/types.js";
import {useBackend} from "../../lib/engine/backend.js";
import {createNetwork} from "../../lib/models/network.js";
import {architecture} from "../../lib/models/registry.js";
import type {Sizes} from "../../lib/study/fit.js";
import type {Study} from "../../lib/study/schema.js";
import {sizesOf} from "../../lib/training/procedure.js";
import {times} from "../networks/inference-time.js";
import {orders} from "../explanations/explain.js";

type Planned = Pick<Study, "procedures" | "runs" | "analyses">;

/**
 * How often a plan does what takes time, in images; a pass counts as many as it takes times a forward pass at the
 * predicted size.
 */
export interface Passes {
  read: number;
  forward: number;
}

/** A step of training takes about so many forward passes, by the times of small networks here and there. */
const trainingPass = 5;
/** A map takes a forward pass and the gradient of the last layers. */
const mapPass = 3;

/** What a plan does with so many images, counted from its definition. */
export function passesOf({procedures, runs, analyses}: Planned, {train, validation, test}: Sizes): Passes {
  const {images, steps, parts} = analyses.explanations;
  const sample = Math.min(images, test);
  const sizes = new Set(runs.flatMap(({procedure}) => sizesOf(procedures[procedure])));
  const forward = runs.map(({procedure, fraction}) => {
    const {phases, size, testCopies} = procedures[procedure];
    const trained = phases.reduce((sum, phase) => sum + phase.epochs * ((phase.size ?? size) / size) ** 2, 0);
    const predicted = (1 + testCopies) * (test + validation) + 4 * test;
    const mapped = test + 3 * sample + (parts + 2) * sample;
    return (
      trainingPass * trained * train * fraction +
      predicted +
      mapPass * mapped +
      2 * (steps + 1) * orders.length * sample
    );
  });
  return {
    // Every size, the thumbnails of the baselines, and the masks.
    read: (sizes.size + 1) * (train + validation) + 4 * test,
    forward: forward.reduce((sum, one) => sum + one, 0) + train + validation + test
  };
}

/** Seconds for what does not grow with the images: starting, compiling, intervals. */
const fixed = {start: 10, run: 10};

/** How fast this machine is now. */
export interface Speed {
  /** Forward passes a second, by network. */
  forward: number;
  /** Images read a second. */
  read: number;
}

/** About how many seconds a plan takes at a speed. */
export const secondsOf = ({read, forward}: Passes, speed: Speed, runs: number): number =>
  fixed.start + fixed.run * runs + read / speed.read + forward / speed.forward;

/**
 * Times a few images on this machine: read from the dataset, and passed forward through the network of a plan's first
 * run.
 */
export async function speedOf({procedures, runs}: Planned, dataset: Dataset): Promise<Speed> {
  const [{model, procedure}] = runs;
  const {size} = procedures[procedure];
  await useBackend();
  const options = {size, classes: dataset.classes.length, dropout: 0, initialisation: "random", seed: 1} as const;
  const network = await createNetwork(architecture(model), options);
  const batch = 8;
  const milliseconds = await times(network, {batch, size, repetitions: 2}, {log() {}, progress() {}});
  network.dispose();
  const some = dataset.train.slice(0, 8);
  const start = performance.now();
  for (const example of some) await decodeGrey(example, size).catch(() => undefined);
  return {
    forward: (1000 * batch) / Math.min(...milliseconds),
    read: (1000 * some.length) / (performance.now() - start)
  };
}
