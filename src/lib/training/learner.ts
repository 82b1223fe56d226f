import {pick, toPositions} from "../dataset/rows.js";
import {endable} from "../support/signals.js";
import {diverged} from "./diverging-step.js";
import {stopsEarly} from "./early-stopping.js";
import {findRate} from "./finder.js";
import {logLoss} from "../measures/log-loss.js";
import {fitting} from "./memory.js";
import type {StepSettings} from "./one-cycle.js";
import type {OpenPhase} from "./open-phase.js";
import {openPhase} from "./open-phase.js";
import type {PhaseOptions, TrainingOptions} from "./options.js";
import type {StepOutcome} from "./phase-program.js";
import type {BatchJob, PreparedBatch} from "./prepare.js";
import type {Settings} from "./procedure.js";
import {epochOrder} from "./sampler.js";
import {constantMomentum, scheduleOf} from "./schedule.js";
import type {EpochRecord, StepRecords, TrainingState} from "./state.js";
import {emptySteps, savedWeights, untrained} from "./state.js";

/**
 * Trains a network through the phases of a procedure, in compiled steps where the backend can. A phase ends with the
 * weights of its epoch that had the best weighted F1 on validation; the next goes on from there, and the last leaves
 * the network with them: so did the 2020 study, by fastai v1's `SaveModelCallback`.
 * @throws UserError at the first loss that is not finite, or where not even a small part of a batch fits into memory
 * @throws the signal's reason when aborted; the state after the last whole step has been handed to `onState`
 */
export async function train(options: TrainingOptions): Promise<TrainingState> {
  const {network, procedure, log = () => {}} = options;
  const state = options.resume ?? untrained(await savedWeights(network));
  for (const [index, phase] of procedure.phases.entries()) {
    if (isOver(state, index, procedure)) continue;
    if (state.step === 0 && state.epochs.at(-1)?.phase !== index) startFromBest(state);
    const {batchSize} = procedure;
    const parts = state.epochs.at(-1)?.parts ?? 1;
    await fitting({batchSize, parts, log}, (parts) => trainPhase({...options, log, state, phase, index, parts}));
  }
  network.load(new Map(Object.entries(state.best!.weights)), "the best epoch");
  return state;
}

/** Trains the epochs of a phase that are left. */
async function trainPhase(options: PhaseOptions): Promise<void> {
  const {state, index, phase, procedure} = options;
  // Nothing is lost until the first epoch: the process may end at once.
  const open = await endable(() => openPhase(options));
  const batches = open.batches(jobsFrom(open, state.epochs.length, state.step));
  try {
    if (phase.finder > 0 && !state.finders.some((finder) => finder.phase === index)) await endable(() => find(open));
    while (!isOver(state, index, procedure)) await trainEpoch(open, batches);
  } finally {
    await batches.close();
    open.dispose();
  }
}

/** Trains an epoch from where the state is in it, judges it on the validation images and hands the state on. */
async function trainEpoch(open: OpenPhase, batches: ReturnType<OpenPhase["batches"]>): Promise<void> {
  const {state, index, phase, filled, procedure, program, stepsPerEpoch, events, seed} = open;
  const [epoch, first] = [state.epochs.length, state.step];
  const settingsOf = scheduleOf(
    filled,
    stepsPerEpoch,
    epochsOf(state, index).map(({validationLoss}) => validationLoss)
  );
  const train = (batch: PreparedBatch, step: number) =>
    program.step(batch, settingsOf(step), `${seed}/${epoch}/${step}`);
  const records = emptySteps();
  const [start, waited] = [performance.now(), batches.waited];

  for (let step = first; step < stepsPerEpoch; ++step) {
    if (open.signal?.aborted) throw await stopped(open, records, step);
    const {loss, gradientNorm} = await train(await batches.next(), step);
    if (!Number.isFinite(loss + gradientNorm)) {
      throw await diverged(open, {loss, gradientNorm, step}, {train, jobs: jobsFrom(open, epoch, first)});
    }
    append(records, {...settingsOf(step), loss, gradientNorm});
    const [done, total] = [step + 1, stepsPerEpoch].map((steps) => steps * procedure.batchSize);
    events?.onStep?.({epoch, phase, done, total, loss});
    await new Promise(setImmediate);
  }
  const seconds = (performance.now() - start) / 1000;
  // All steps are done, so that none is repeated where memory runs out in what follows.
  await commit(open, records, stepsPerEpoch);

  const {probabilities, weights} = await program.evaluate();
  const losses = state.steps.losses.slice(-stepsPerEpoch);
  const scores = open.score(probabilities, open.validationLabels);
  state.epochs.push({
    epoch: epoch + 1,
    phase: index,
    trains: filled.train,
    size: filled.size,
    trainLoss: losses.reduce((a, b) => a + b, 0) / losses.length,
    validationLoss: logLoss(probabilities, open.validationLabels, open.classes),
    ...scores,
    imagesPerSecond: ((stepsPerEpoch - first) * procedure.batchSize) / seconds,
    waiting: (batches.waited - waited) / seconds,
    seconds,
    peakMemory: process.resourceUsage().maxRSS / 1024,
    parts: open.parts
  });
  const score = scores.weightedF1;
  if (!state.best || score > state.best.score) state.best = {epoch: epoch + 1, score, weights};
  state.step = 0;
  events?.onState?.(state);
}

/** The batches from a step of an epoch on, epoch after epoch, each in an order of its own. */
function* jobsFrom(open: OpenPhase, epoch: number, first: number): Generator<BatchJob, never> {
  const {train, trainLabels, procedure, seed, stepsPerEpoch} = open;
  const {batchSize, sampling} = procedure;
  for (; ; ++epoch, first = 0) {
    const order = epochOrder(trainLabels, {seed, epoch, sampling, batchSize});
    for (let step = first; step < stepsPerEpoch; ++step) {
      const drawn = toPositions(order.subarray(step * batchSize, (step + 1) * batchSize));
      yield {positions: pick(train, drawn), epoch, step};
    }
  }
}

function append(records: StepRecords, {rate, momentum, loss, gradientNorm}: StepSettings & StepOutcome): void {
  records.rates.push(rate);
  records.momenta.push(momentum);
  records.losses.push(loss);
  records.gradientNorms.push(gradientNorm);
}

/** Runs the learning-rate range test on the phase's first batches and puts everything back. */
async function find(open: OpenPhase): Promise<void> {
  const {state, index, phase, program, seed} = open;
  const jobs = jobsFrom(open, state.epochs.length, 0);
  const curve = await findRate({steps: phase.finder}, async (rate) => {
    open.signal?.throwIfAborted();
    const job = jobs.next().value;
    const settings = {rate, momentum: constantMomentum};
    return (await program.step(open.prepare(job), settings, `${seed}/finder/${job.step}`)).loss;
  });
  state.finders.push({phase: index, ...curve});
  program.restore(state);
}

/** Brings the state up to date with the steps since it was. */
async function commit({state, program}: OpenPhase, records: StepRecords, step: number): Promise<void> {
  Object.assign(state, await program.capture(), {step});
  for (const [name, values] of Object.entries(records)) state.steps[name as keyof StepRecords].push(...values);
}

/** Hands on what an epoch has done so far; gives why it ends there. */
async function stopped(open: OpenPhase, records: StepRecords, step: number): Promise<unknown> {
  if (records.losses.length > 0) {
    await commit(open, records, step);
    open.events?.onState?.(open.state);
  }
  return open.signal!.reason;
}

function startFromBest(state: TrainingState): void {
  state.weights = state.best?.weights ?? state.weights;
  state.optimizer = state.averages = state.best = null;
}

/** Whether a phase has had all of its epochs, or as many as it needs. */
function isOver(state: TrainingState, index: number, {phases, earlyStopping}: Settings): boolean {
  const losses = epochsOf(state, index).map(({weightedF1}) => -weightedF1);
  const isEnough = earlyStopping > 0 && stopsEarly(losses, {patience: earlyStopping});
  return isEnough || losses.length >= phases[index].epochs;
}

const epochsOf = ({epochs}: TrainingState, index: number): EpochRecord[] => epochs.filter(({phase}) => phase === index);
