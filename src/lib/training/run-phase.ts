import * as tf from "@tensorflow/tfjs";
import type {Mode} from "../models/layers.js";
import {UserError} from "../support/errors.js";
import {endable} from "../support/signals.js";
import {stopsEarly} from "./early-stopping.js";
import {findRate} from "./finder.js";
import {logLoss} from "../measures/log-loss.js";
import {whereNotFinite} from "./non-finite.js";
import type {StepSettings} from "./one-cycle.js";
import type {PhaseOptions, PhaseRun} from "./open-phase.js";
import {batchJobs, openPhase} from "./open-phase.js";
import type {StepOutcome} from "./phase-program.js";
import type {Settings} from "./procedure.js";
import {constantMomentum, scheduleOf} from "./schedule.js";
import type {EpochRecord, StepRecords, TrainingState} from "./state.js";
import {emptySteps} from "./state.js";

const recordsOf = ({epochs}: TrainingState, index: number) => epochs.filter(({phase}) => phase === index);

/** Whether a phase has had all of its epochs, or as many as it needs. */
export function isOver(state: TrainingState, index: number, {phases, earlyStopping}: Settings): boolean {
  const scores = recordsOf(state, index).map(({weightedF1}) => weightedF1);
  return (
    scores.length >= phases[index].epochs ||
    (earlyStopping > 0 &&
      stopsEarly(
        scores.map((score) => -score),
        {patience: earlyStopping}
      ))
  );
}

/** Runs a phase from where its state says to its end. */
export async function runPhase(options: PhaseOptions): Promise<void> {
  // Nothing is lost until the first epoch: the process may end at once.
  const run = await endable(() => openPhase(options));
  try {
    const {state, index, phase} = run;
    if (phase.finder > 0 && !state.finders.some((finder) => finder.phase === index)) await endable(() => find(run));
    while (!isOver(state, index, run.procedure)) await runEpoch(run);
  } finally {
    await run.close();
  }
}

/** Runs the learning-rate range test on the phase's first batches and puts everything back. */
async function find(run: PhaseRun): Promise<void> {
  const {state, index, phase, program} = run;
  const upcoming = batchJobs(run, state.epochs.length);
  const curve = await findRate({steps: phase.finder}, async (rate) => {
    run.signal?.throwIfAborted();
    const job = upcoming.next().value;
    const settings = {rate, momentum: constantMomentum};
    return (await program.step(run.prepare(job), settings, `${run.seed}/finder/${job.step}`)).loss;
  });
  state.finders.push({phase: index, ...curve});
  program.restore(state);
}

async function runEpoch(run: PhaseRun): Promise<void> {
  const {state, index, program, source, filled, stepsPerEpoch} = run;
  const [start, waited, first] = [performance.now(), source.waited, state.step];
  const losses = recordsOf(state, index).map(({validationLoss}) => validationLoss);
  const settings = scheduleOf(filled, stepsPerEpoch, losses);
  const records = emptySteps();
  for (let step = first; step < stepsPerEpoch; ++step) {
    if (run.signal?.aborted) await stop(run, records, step);
    const outcome = await program.step(await source.next(), settings(step), seedOf(run, step));
    if (!Object.values(outcome).every(Number.isFinite)) throw await diverged(run, step, outcome);
    record(records, settings(step), outcome);
    report(run, step, outcome);
    await new Promise(setImmediate);
  }
  const seconds = (performance.now() - start) / 1000;
  await finish(run, records, {
    imagesPerSecond: ((stepsPerEpoch - first) * run.procedure.batchSize) / seconds,
    waiting: (source.waited - waited) / seconds,
    seconds
  });
}

const seedOf = ({seed, state}: PhaseRun, step: number) => `${seed}/${state.epochs.length}/${step}`;

function record(records: StepRecords, {rate, momentum}: StepSettings, {loss, gradientNorm}: StepOutcome): void {
  records.rates.push(rate);
  records.momenta.push(momentum);
  records.losses.push(loss);
  records.gradientNorms.push(gradientNorm);
}

function report({events, state, phase, procedure, stepsPerEpoch}: PhaseRun, step: number, {loss}: StepOutcome): void {
  const [done, total] = [step + 1, stepsPerEpoch].map((steps) => steps * procedure.batchSize);
  events?.onStep?.({epoch: state.epochs.length, phase, done, total, loss});
}

/** Brings the state up to date with the steps since it was. */
async function commit({state, program}: PhaseRun, records: StepRecords, step: number): Promise<void> {
  Object.assign(state, await program.capture(), {step});
  for (const [name, values] of Object.entries(records)) state.steps[name as keyof StepRecords].push(...values);
}

async function stop(run: PhaseRun, records: StepRecords, step: number): Promise<never> {
  if (records.losses.length > 0) {
    await commit(run, records, step);
    run.events?.onState?.(run.state);
  }
  throw run.signal!.reason;
}

async function finish(
  run: PhaseRun,
  records: StepRecords,
  speed: Pick<EpochRecord, "imagesPerSecond" | "waiting" | "seconds">
): Promise<void> {
  const {state, index, filled, program, validation, classes, parts, stepsPerEpoch} = run;
  // All steps are done, so that none is repeated where memory runs out in what follows.
  await commit(run, records, stepsPerEpoch);
  const {probabilities, weights} = await program.evaluate(validation);
  const epoch = state.epochs.length + 1;
  const losses = state.steps.losses.slice(-stepsPerEpoch);
  const scores = run.score(probabilities, validation.labels);
  state.epochs.push({
    epoch,
    phase: index,
    trains: filled.train,
    size: filled.size,
    trainLoss: losses.reduce((a, b) => a + b, 0) / losses.length,
    validationLoss: logLoss(probabilities, validation.labels, classes),
    ...scores,
    ...speed,
    peakMemory: process.resourceUsage().maxRSS / 1024,
    parts
  });
  const score = scores.weightedF1;
  if (!state.best || score > state.best.score) state.best = {epoch, score, weights};
  state.step = 0;
  run.events?.onState?.(state);
}

/** Repeats the epoch up to the step that failed, which nothing was kept of, to see where the failure began. */
async function diverged(run: PhaseRun, step: number, {loss, gradientNorm}: StepOutcome): Promise<UserError> {
  const {state, network, program, filled, stepsPerEpoch, frozen} = run;
  program.restore(state);
  const settings = scheduleOf(
    filled,
    stepsPerEpoch,
    recordsOf(state, run.index).map((each) => each.validationLoss)
  );
  const again = batchJobs(run, state.epochs.length, state.step);
  for (let before = state.step; before < step; ++before) {
    await program.step(run.prepare(again.next().value), settings(before), seedOf(run, before));
  }
  await program.capture();
  const {images} = run.prepare(again.next().value);
  const origin = whereNotFinite(network, (mode) => forward(run, images, {...mode, frozen}));
  const what = Number.isFinite(loss) ? `gradient's norm became ${gradientNorm}` : `loss became ${loss}`;
  return new UserError(
    `The ${what} in step ${step + 1} of epoch ${state.epochs.length + 1} (phase ` +
      `"${filled.train}"); it began in ${origin}.`,
    {hint: `Lower maxRate of that phase (now ${run.phase.maxRate}) in src/study.ts; the last whole epoch is kept.`}
  );
}

/** A pass over a batch, of images or of cached features; leaves tensors to the caller's `tf.tidy`. */
function forward({network, filled, procedure}: PhaseRun, images: Float32Array, mode: Mode): tf.Tensor {
  const n = procedure.batchSize;
  if (filled.cachedCopies !== undefined) return network.classify(tf.tensor2d(images, [n, images.length / n]), mode);
  return network.logits(tf.tensor4d(images, [n, filled.size, filled.size, 1]), mode);
}
