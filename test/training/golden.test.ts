import assert from "node:assert/strict";
import {createHash} from "node:crypto";
import {before, test} from "node:test";
import {useBackend} from "../../src/lib/engine/backend.js";
import {encode} from "../../src/lib/pipeline/codec.js";
import {train} from "../../src/lib/training/learner.js";
import type {Settings} from "../../src/lib/training/procedure.js";
import {options, procedure} from "./toy-training.js";

// WebAssembly computes the same bits on every processor, which TensorFlow does not.
before(async () => void (await useBackend({force: process.env.TFJS_BACKEND ?? "wasm"})));

const [head, all] = procedure.phases;

/** Procedures that between them use everything that a phase can do, and what training by each gave when it was written. */
const cases: Record<string, {changes: Partial<Settings>; parts?: number; wasm: string}> = {
  "two phases": {changes: {}, wasm: "1286fbafc0da1e7d"},
  "a finder, averaged weights and drawing classes equally often": {
    changes: {averageDecay: 0.9, sampling: "oversampled", phases: [{...all, finder: 20, epochs: 2}]},
    wasm: "5299eda580ab00be"
  },
  "cached features, class weights and label smoothing, then a rate that falls on a plateau": {
    changes: {
      classWeights: true,
      labelSmoothing: 0.1,
      clip: 1,
      phases: [
        {...head, cachedCopies: 2, epochs: 2},
        {...all, schedule: {factor: 0.5, patience: 1}}
      ]
    },
    wasm: "1780bf6750e205ed"
  },
  "batches in two parts": {changes: {phases: [{...all, epochs: 2}]}, parts: 2, wasm: "b9c39193bf213a2c"}
};

for (const [name, {changes, parts, wasm}] of Object.entries(cases)) {
  test(`training gives the bits that it gave before: ${name}`, async () => {
    const run = options({procedure: {...procedure, ...changes}});
    if (parts) allowOnly(8 / parts, run.network);
    const {steps, finders, weights, best, epochs} = await train(run);
    const losses = epochs.map(({trainLoss, validationLoss, weightedF1, parts}) => ({
      ...{trainLoss, validationLoss, weightedF1, parts}
    }));
    const digest = createHash("sha256").update(encode({steps, finders, weights, best, losses})).digest("hex");
    if (process.env.TFJS_BACKEND) console.log(`${process.env.TFJS_BACKEND} ${name}: ${digest}`);
    else assert.equal(digest.slice(0, 16), wasm);
  });
}

/** Lets memory run out for more than some images at a time. */
function allowOnly(images: number, network: ReturnType<typeof options>["network"]): void {
  const classify = network.classify.bind(network);
  network.classify = (embedded, mode) => {
    if (mode.training && embedded.shape[0] > images) throw new Error("OOM when allocating tensor");
    return classify(embedded, mode);
  };
}
