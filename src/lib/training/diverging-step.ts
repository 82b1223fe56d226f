import * as tf from "@tensorflow/tfjs";
import type {Mode} from "../models/layers.js";
import type {Network} from "../models/network.js";
import {UserError} from "../support/errors.js";
import type {OpenPhase} from "./open-phase.js";
import type {StepOutcome} from "./phase-program.js";
import type {BatchJob, PreparedBatch} from "./prepare.js";

/** The steps of the epoch under way: how they train, and the batches of those that nothing was kept of yet. */
interface Replay {
  train(batch: PreparedBatch, step: number): Promise<StepOutcome>;
  jobs: Iterator<BatchJob, never>;
}

/**
 * The error of a step whose loss or gradient is not finite. Repeats the epoch up to that step, which nothing was kept
 * of, to see where the failure began.
 */
export async function diverged(
  open: OpenPhase,
  {step, loss, gradientNorm}: StepOutcome & {step: number},
  {train, jobs}: Replay
): Promise<UserError> {
  const {state, network, program, phase, frozen} = open;
  program.restore(state);
  const nextBatch = () => open.prepare(jobs.next().value);
  for (let before = state.step; before < step; ++before) await train(nextBatch(), before);
  await program.capture();
  const {images} = nextBatch();
  const origin = whereNotFinite(network, (mode) => forward(open, images, {...mode, frozen}));
  const what = Number.isFinite(loss) ? `gradient's norm became ${gradientNorm}` : `loss became ${loss}`;
  const where = `step ${step + 1} of epoch ${state.epochs.length + 1} (phase "${phase.train}")`;
  return new UserError(`The ${what} in ${where}; it began in ${origin}.`, {
    hint: `Lower maxRate of that phase (now ${phase.maxRate}) in src/study.ts; the last whole epoch is kept.`
  });
}

/** A pass over a batch, of images or of cached features; leaves tensors to the caller's `tf.tidy`. */
function forward({network, filled, procedure}: OpenPhase, images: Float32Array, mode: Mode): tf.Tensor {
  const n = procedure.batchSize;
  if (filled.cachedCopies !== undefined) return network.classify(tf.tensor2d(images, [n, images.length / n]), mode);
  return network.logits(tf.tensor4d(images, [n, filled.size, filled.size, 1]), mode);
}

/**
 * Says where numbers stop being finite in a network: in the first of its weights, from the input upwards, or else in
 * the first layer.
 * @param forward a pass as in training
 */
function whereNotFinite(network: Network, forward: (mode: Mode) => unknown): string {
  const bad = [...network.variables].find(([, variable]) => !isFinite(variable));
  if (bad) return `the weights ${bad[0]}`;
  let layer: string | undefined;
  const tap = (name: string, output: tf.Tensor) => {
    if (layer === undefined && !isFinite(output)) layer = name;
    return output;
  };
  tf.tidy(() => void forward({training: true, tap}));
  return layer ? `the layer ${layer}` : "the loss or its gradient";
}

const isFinite = (tensor: tf.Tensor): boolean => tf.tidy(() => tf.all(tf.isFinite(tensor))).dataSync()[0] === 1;
