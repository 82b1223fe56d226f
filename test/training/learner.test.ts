import assert from "node:assert/strict";
import {before, test} from "node:test";
import * as tf from "@tensorflow/tfjs";
import {type Positions, toPositions} from "../../src/lib/dataset/rows.js";
import {useBackend} from "../../src/lib/engine/backend.js";
import type {Network} from "../../src/lib/models/network.js";
import {decode, encode} from "../../src/lib/pipeline/codec.js";
import {train} from "../../src/lib/training/learner.js";
import type {TrainingState} from "../../src/lib/training/state.js";
import {accuracy, images, options, procedure} from "./toy-training.js";

before(async () => void (await useBackend()));

const weightsOf = async (network: Network) => Object.fromEntries(await network.save());
/** Bit for bit. Prints no difference: of so many numbers, that takes minutes. */
const assertSame = (a: object, b: object) => assert.ok(Buffer.from(encode(a)).equals(encode(b)), "they differ");
const copy = (state: TrainingState) => decode(encode(state)) as unknown as TrainingState;

test("two phases learn the task, record every step and epoch, and keep the best epoch's weights", async () => {
  const run = options();
  const tensors = tf.memory().numTensors;
  const state = await train(run);
  assert.equal(tf.memory().numTensors, tensors, "no tensor is left behind");
  assert.deepEqual(
    state.epochs.map(({trains}) => trains),
    ["head", "all", "all", "all"]
  );
  for (const [name, values] of Object.entries<number[]>({...state.steps})) {
    assert.equal(values.length, 4 * 8, name);
    assert.ok(
      values.every((value) => value > 0),
      name
    );
  }
  assert.ok(state.best!.score > 0.9, `weighted F1 ${state.best!.score}`);
  assertSame(await weightsOf(run.network), state.best!.weights);
});

test("a phase goes on from the best epoch of the one before, and the best of the last phase is kept", async () => {
  const scored = [0.9, 0.1, 0.2, 0.5, 0.4];
  let epoch = 0;
  const still = {...procedure.phases[1], epochs: 3, maxRate: 1e-12};
  const kernels: Float32Array[] = [];
  const run = options({
    procedure: {...procedure, phases: [{...procedure.phases[0], epochs: 2}, still]},
    score: () => ({accuracy: 0, macroF1: 0, weightedF1: scored[epoch++], perClass: []}),
    events: {onState: ({weights}) => kernels.push(weights["head_logits/kernel"].data)}
  });
  const {best} = await train(run);
  assert.equal(best!.epoch, 4);
  const distance = (a: Float32Array, b: Float32Array) => Math.max(...a.map((value, i) => Math.abs(value - b[i])));
  assert.ok(distance(kernels[2], kernels[0]) < 1e-6, "the third epoch began where the first had ended");
  assert.ok(distance(kernels[1], kernels[0]) > 1e-4);
});

test("of epochs with the same score the first is kept, and a later one does not replace it", async () => {
  const scored = [0.5, 0.9, 0.9, 0.9];
  let epoch = 0;
  const weights: Float32Array[] = [];
  const {best} = await train(
    options({
      procedure: {...procedure, phases: [{...procedure.phases[1], epochs: 4}]},
      score: () => ({accuracy: 0, macroF1: 0, weightedF1: scored[epoch++], perClass: []}),
      events: {onState: (state) => weights.push(state.weights["conv/kernel"].data)}
    })
  );
  assert.equal(best!.epoch, 2);
  assert.deepEqual(best!.weights["conv/kernel"].data, weights[1]);
  assert.notDeepEqual(weights[2], weights[1]);
});

test("a run that was interrupted after any epoch and continued has the same weights, bit for bit", async () => {
  const whole = options();
  const states: TrainingState[] = [];
  await train({...whole, events: {onState: (state) => states.push(copy(state))}});
  for (const stopped of states.slice(0, 2)) {
    const continued = options({resume: stopped});
    await train(continued);
    assertSame(await weightsOf(continued.network), await weightsOf(whole.network));
  }
});

test("a frozen body keeps its weights and statistics", async () => {
  const run = options({procedure: {...procedure, phases: [procedure.phases[0]]}});
  const body = () => [...run.network.body.variables.values()].map((variable) => Array.from(variable.dataSync()));
  const before = body();
  await train(run);
  assert.deepEqual(body(), before);
});

test("a loss that is not finite stops the run and says where and what to do", async () => {
  const run = options();
  const bias = run.network.head.variables.get("head_logits/bias")!;
  bias.assign(tf.tensor1d([NaN, 0]));
  await assert.rejects(
    train(run),
    /The loss became NaN in step 1 of epoch 1 .*it began in the weights head_logits\/bias[^]*Lower maxRate/
  );
});

test("a loss that stops being finite later is traced to where it began", async () => {
  // Decay of ten times the rate turns every weight to about -99 times itself, in every step.
  const phase = {...procedure.phases[1], maxRate: 10, schedule: {factor: 1, patience: 9}};
  const run = options({procedure: {...procedure, weightDecay: 10, phases: [phase]}});
  await assert.rejects(
    train(run),
    /became (NaN|-?Infinity) in step [2-9] of epoch 1 .*it began in the (layer|weights) \w+/
  );
});

test("a run that was stopped within an epoch goes on at the next step and ends with the same weights, bit for bit", async () => {
  const whole = options();
  const expected = await train(whole);
  for (const stopAt of [3, 8, 13]) {
    const controller = new AbortController();
    let [steps, saved] = [0, undefined as TrainingState | undefined];
    const events = {
      onStep: () => void (++steps === stopAt && controller.abort(new Error("stop"))),
      onState: (state: TrainingState) => (saved = copy(state))
    };
    await assert.rejects(train(options({events, signal: controller.signal})), /stop/);
    assert.equal(saved!.steps.losses.length, stopAt);
    const continued = options({resume: saved});
    const state = await train(continued);
    assertSame(await weightsOf(continued.network), await weightsOf(whole.network));
    assertSame(state.steps, expected.steps);
  }
});

test("batches prepared in threads train the same weights", async () => {
  const [here, threads] = [options(), options({threads: 2})];
  await Promise.all([train(here), train(threads)]);
  assertSame(await weightsOf(threads.network), await weightsOf(here.network));
});

for (const averageDecay of [0, 0.99]) {
  const name = averageDecay > 0 ? ", nor the moving average of the weights" : "";
  test(`the finder's curve is kept and changes nothing else${name}`, async () => {
    const averaging = {...procedure, averageDecay};
    const [plain, curious] = [averaging, averaging].map((procedure) => options({procedure}));
    const phases = procedure.phases.map((phase) => ({...phase, finder: 30}));
    const expected = await train(plain);
    const state = await train({...curious, procedure: {...averaging, phases}});
    assert.deepEqual(
      state.finders.map(({phase}) => phase),
      [0, 1]
    );
    for (const {rates, losses} of state.finders) {
      assert.ok(rates.length > 3, `${rates.length} rates`);
      assert.equal(losses.length, rates.length);
    }
    assertSame(state.steps, expected.steps);
    assert.equal(state.averages?.step, expected.averages?.step);
    assertSame({averages: state.averages}, {averages: expected.averages});
    assertSame(await weightsOf(curious.network), await weightsOf(plain.network));
  });
}

test("phases of several image sizes carry the weights over", async () => {
  const [first, second] = procedure.phases;
  const run = options({procedure: {...procedure, size: 64, phases: [{...first, size: 32}, second]}});
  const {epochs} = await train(run);
  assert.deepEqual(
    epochs.map(({size}) => size),
    [32, 64, 64, 64]
  );
});

test("early stopping ends a phase after epochs without a better score", async () => {
  const scored = [0.5, 0.9, 0.8, 0.7, 0.9];
  let epoch = 0;
  const {epochs} = await train(
    options({
      procedure: {...procedure, earlyStopping: 2, phases: [{...procedure.phases[1], epochs: 9}]},
      score: () => ({accuracy: 0, macroF1: 0, weightedF1: scored[epoch++], perClass: []})
    })
  );
  assert.equal(epochs.length, 4);
});

test("a rate that falls on a plateau follows the validation losses", async () => {
  const phase = {...procedure.phases[1], epochs: 4, maxRate: 1e-12, schedule: {factor: 0.5, patience: 1}};
  const {steps} = await train(options({procedure: {...procedure, phases: [phase]}}));
  const rates = [0, 1, 2, 3].map((epoch) => steps.rates[8 * epoch]);
  assert.equal(rates[0], 1e-12);
  assert.ok(rates[3] < rates[0], `${rates}`);
});

test("a moving average of the weights is what is validated and kept, and resuming restores it", async () => {
  const averaging = {...procedure, averageDecay: 0.9};
  const states: TrainingState[] = [];
  const whole = options({procedure: averaging, events: {onState: (state) => states.push(copy(state))}});
  const {best, averages, weights} = await train(whole);
  assert.notDeepEqual(averages, weights);
  assertSame(await weightsOf(whole.network), best!.weights);
  const continued = options({procedure: averaging, resume: states[1]});
  await train(continued);
  assertSame(await weightsOf(continued.network), await weightsOf(whole.network));
});

test("where memory runs out, a batch is computed in parts", async () => {
  const messages: string[] = [];
  const scarce = options({log: (message) => messages.push(message)});
  const logits = scarce.network.classify.bind(scarce.network);
  scarce.network.classify = (embedded, mode) => {
    if (mode.training && embedded.shape[0] > 2) throw new Error("OOM when allocating tensor");
    return logits(embedded, mode);
  };
  const {epochs, best} = await train(scarce);
  assert.deepEqual(new Set(epochs.map(({parts}) => parts)), new Set([4]));
  assert.equal(messages.length, 2);
  assert.match(messages[1], /4 parts of 2/);
  assert.ok(best!.score > 0.8, `weighted F1 ${best!.score}`);
});

/** Positions that cannot be taken more than some at a time, as often as `fails` says so. */
function scarce(positions: Positions, fails: (images: number) => boolean): Positions {
  class Scarce extends Int32Array {
    override subarray(from = 0, to = this.length) {
      if (fails(to - from)) throw new Error("OOM when allocating tensor");
      return Int32Array.from(this).subarray(from, to);
    }
  }
  return toPositions(Scarce.from(positions));
}

for (const averageDecay of [0, 0.9]) {
  const what = averageDecay > 0 ? "of averaged weights" : "of the weights";
  const averaging = {...procedure, averageDecay, phases: procedure.phases.slice(1)};
  let plain: Promise<TrainingState> | undefined;
  const scarcities: Record<string, (images: number, asked: number) => boolean> = {
    "in the first validation": (_, asked) => asked === 0,
    "in one validation after the other": (_, asked) => asked % 2 === 0,
    "in validations of more than eight images at a time": (images) => images > 8
  };
  for (const [when, fails] of Object.entries(scarcities)) {
    test(`memory that runs out ${when}, ${what}, trains no epoch twice and changes nothing`, async () => {
      const [expected, short] = [
        await (plain ??= train(options({procedure: averaging}))),
        options({procedure: averaging})
      ];
      let [asked, failures] = [0, 0];
      const counted = (images: number) => fails(images, asked++) && ++failures > 0;
      const [steps, tensors] = [[] as number[], tf.memory().numTensors];
      const state = await train({
        ...short,
        validation: scarce(short.validation, counted),
        events: {onStep: ({epoch, done}) => steps.push(100 * epoch + done)}
      });
      assert.ok(failures > 0, "memory has run out");
      assert.equal(tf.memory().numTensors, tensors, "no tensor is left behind");
      assert.equal(new Set(steps).size, 3 * 8);
      assert.equal(steps.length, 3 * 8);
      assertSame(state.steps, expected.steps);
      assertSame(state.weights, expected.weights);
      assertSame({averages: state.averages}, {averages: expected.averages});
      assertSame(state.best!.weights, expected.best!.weights);
      assertSame(await weightsOf(short.network), expected.best!.weights);
      const judged = ({epochs}: TrainingState) =>
        epochs.map(({epoch, weightedF1, trainLoss, parts}) => ({epoch, weightedF1, trainLoss, parts}));
      assert.deepEqual(judged(state), judged(expected));
    });
  }
}

test("memory that runs out after the last step of an epoch, wherever that is, repeats no step", async () => {
  let times = 0;
  const steps: number[] = [];
  const score = (...given: Parameters<typeof accuracy>) => {
    if (times++ === 1) throw new Error("std::bad_alloc");
    return accuracy(...given);
  };
  const {epochs} = await train(options({score, events: {onStep: ({epoch, done}) => steps.push(100 * epoch + done)}}));
  assert.deepEqual(
    epochs.map(({epoch}) => epoch),
    [1, 2, 3, 4]
  );
  assert.equal(new Set(steps).size, steps.length);
  assert.equal(steps.length, 4 * 8);
});

test("where memory never suffices for validation, the run ends with what to do and the epoch is not trained again", async () => {
  const run = options();
  const steps: number[] = [];
  const validation = scarce(run.validation, () => true);
  const training = train({...run, validation, events: {onStep: ({done}) => steps.push(done)}});
  await assert.rejects(training, {name: "UserError", message: /Memory ran out with 2 images at a time/});
  assert.equal(steps.length, 8);
});

test("where not even two images fit, the error says what to do", async () => {
  const scarce = options();
  const logits = scarce.network.classify.bind(scarce.network);
  scarce.network.classify = (embedded, mode) => {
    if (mode.training) throw new Error("OOM when allocating tensor");
    return logits(embedded, mode);
  };
  await assert.rejects(train(scarce), /Memory ran out with 2 images at a time \(of a batch of 8\)[^]*Lower size/);
});

test("fewer images than a batch are refused", async () => {
  await assert.rejects(train(options(images(6, 4))), /There are 6 images to train on, fewer than a batch of 8/);
});

test("an aborted run throws the reason after the epochs that were handed over", async () => {
  const controller = new AbortController();
  const reason = new Error("stop");
  const seen: number[] = [];
  const events = {onState: ({epochs}: TrainingState) => (seen.push(epochs.length), controller.abort(reason))};
  await assert.rejects(train(options({signal: controller.signal, events})), reason);
  assert.deepEqual(seen, [1]);
});
