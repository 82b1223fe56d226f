import assert from "node:assert/strict";
import {test} from "node:test";
import * as tf from "@tensorflow/tfjs";
import {tryBackend} from "../../src/lib/engine/backend.js";
import type {Program} from "../../src/lib/engine/graph/index.js";
import {compile, eager} from "../../src/lib/engine/graph/index.js";
import {randomly} from "../../src/lib/models/initialise.js";
import {Network} from "../../src/lib/models/network.js";
import {architecture, architectures} from "../../src/lib/models/registry.js";
import {mulberry32} from "../../src/lib/measures/random.js";
import {Adam} from "../../src/lib/training/adam.js";
import type {PredictionSteps} from "../../src/lib/training/inference.js";
import {predictionSteps} from "../../src/lib/training/inference.js";
import {lossOf} from "../../src/lib/training/loss.js";
import {trained} from "../../src/lib/training/parameter-groups.js";
import type {Phase} from "../../src/lib/training/procedure.js";
import {accumulatingSteps, trainingStep} from "../../src/lib/training/step.js";

const {works, reason} = await tryBackend("tensorflow");
const skip = works ? false : reason;
const [batchSize, size, classes] = [4, 32, 3];
type Freezing = Pick<Phase, "train" | "trainBatchNorm" | "maxRate">;
const phases: Record<string, Freezing> = {
  "head alone": {train: "head", trainBatchNorm: false, maxRate: 1e-3},
  "head and batch norms": {train: "head", trainBatchNorm: true, maxRate: 1e-3},
  "all, with rates of their own": {train: "all", trainBatchNorm: true, maxRate: {low: 1e-5, high: 1e-3}},
  all: {train: "all", trainBatchNorm: true, maxRate: 1e-3}
};

const random = mulberry32(1);
/**
 * Noise whose contrast differs from image to image: of equal images, batch norms of the head would see rounding alone.
 */
const images = Float32Array.from(
  {length: batchSize * size * size},
  (_, i) => random() * (1 + Math.floor(i / size ** 2))
);
const targets = Float32Array.from({length: batchSize * classes}, (_, i) => (i % (classes + 1) === 0 ? 1 : 0));

/** A new network, its optimizer and the training step of a phase, all of which are the same every time. */
function setUp(id: string, phase: Freezing, dropout = 0.5) {
  const network = new Network(architecture(id), {classes, size, dropout}, randomly(1));
  const {groups, frozen} = trained(network, phase);
  const optimizer = new Adam(groups, {weightDecay: 0.01, clip: 10});
  const options = {network, optimizer, loss: lossOf, frozen, batchSize, size, classes};
  const train = trainingStep(options);
  const variables = [...network.variables.values(), ...optimizer.moments];
  const dispose = () => (network.dispose(), optimizer.dispose());
  return {network, optimizer, options, train, variables, dispose};
}

type Train = ReturnType<typeof trainingStep>;

function losses(program: Pick<Program<{train: Train}>, "run">, optimizer: Adam, steps: number): number[] {
  return Array.from({length: steps}, (_, seed) => {
    const numbers = optimizer.next({rate: 1e-4, momentum: 0.9});
    const {loss, gradientNorm} = program.run("train", {images, targets, seed, ...numbers});
    const [value] = loss.dataSync();
    tf.dispose([loss, gradientNorm]);
    return value;
  });
}

const valuesOf = (variables: readonly tf.Variable[]) => variables.map((each) => each.dataSync() as Float32Array);

/**
 * Moving averages of the batch norms. Later ones, and weights, are compared by their losses only: Adam makes whole
 * steps of the rounding of gradients that are zero.
 */
const statistics = (network: Network) => valuesOf([...network.variables.values()].filter(({trainable}) => !trainable));

const layersOf = (network: Network) =>
  [...network.variables.keys()].map((name) => name.slice(0, name.lastIndexOf("/")));

/** The largest difference of any number, relative to the largest number of its variable. */
function difference(a: readonly Float32Array[], b: readonly Float32Array[]): number {
  const each = a.map((values, i) => {
    const scale = b[i].reduce((most, value) => Math.max(most, Math.abs(value)), 1e-3);
    return values.reduce((most, value, j) => Math.max(most, Math.abs(value - b[i][j])), 0) / scale;
  });
  return Math.max(...each);
}

for (const [name, phase] of Object.entries(phases)) {
  test(`compiled and eager steps that train ${name} give the same losses and statistics`, {skip}, () => {
    const [a, b] = [setUp("mobilenetv2_0.35", phase, 0), setUp("mobilenetv2_0.35", phase, 0)];
    const [compiled, plain] = [compile({train: a.train}, a.variables), eager({train: b.train})];
    for (let round = 0; round < 2; ++round) {
      const [actual, expected] = [losses(compiled, a.optimizer, 2), losses(plain, b.optimizer, 2)];
      actual.forEach((loss, i) => assert.ok(Math.abs(loss / expected[i] - 1) < 1e-4, `${actual} is not ${expected}`));
      if (round > 0) continue;
      compiled.read();
      const off = difference(statistics(a.network), statistics(b.network));
      assert.ok(off < 1e-4, `a moving average is off by ${off}`);
    }
    compiled.dispose();
    a.dispose();
    b.dispose();
  });
}

test("what a compiled step trained is what the prediction of the same program uses", {skip}, () => {
  const {network, optimizer, train, variables, dispose} = setUp("mobilenetv2_0.35", phases.all);
  const steps = {...predictionSteps(network, batchSize, size), train};
  const program = compile(steps, variables);
  losses(program, optimizer, 2);
  program.read();
  const name = `${batchSize} images` as const;
  const [actual, expected] = [program, eager(steps)].map((each: Pick<Program<PredictionSteps>, "run">) =>
    Array.from(each.run(name, {images}).rows.dataSync())
  );
  actual.forEach((value, i) => assert.ok(Math.abs(value - expected[i]) < 1e-5, `${actual} is not ${expected}`));
  program.dispose();
  dispose();
});

test("gradients that are accumulated over parts give the step of the whole batch", {skip}, () => {
  // Without batch statistics, which parts would each have of their own.
  const phase = {train: "head", trainBatchNorm: false, maxRate: 1e-3} as const;
  const [a, b] = [setUp("mobilenetv2_0.35", phase, 0), setUp("mobilenetv2_0.35", phase, 0)];
  for (const {options, network} of [a, b]) options.frozen = new Set([...layersOf(network)]);
  const sums = b.optimizer.zeros();
  const whole = compile({train: trainingStep(a.options)}, a.variables);
  const parts = compile(accumulatingSteps({...b.options, batchSize: 2}, 2, sums), [...b.variables, ...sums]);
  const [expected] = losses(whole, a.optimizer, 1);
  const pieces = [0, 1].map((part) => {
    const half = (values: Float32Array) => values.slice((part * values.length) / 2, ((part + 1) * values.length) / 2);
    const {loss} = parts.run("accumulate", {images: half(images), targets: half(targets), seed: 0});
    return loss.dataSync()[0];
  });
  tf.dispose(parts.run("apply", {...b.optimizer.next({rate: 1e-4, momentum: 0.9})}));
  assert.ok(Math.abs((pieces[0] + pieces[1]) / 2 - expected) < 1e-5);
  whole.read();
  parts.read();
  assert.ok(difference(valuesOf(b.variables), valuesOf(a.variables)) < 1e-4);
  assert.ok(sums.every((sum) => sum.dataSync().every((value) => value === 0)));
  tf.dispose(sums);
  for (const each of [whole, parts, a, b]) each.dispose();
});

test("compiled training is deterministic, bit for bit", {skip}, () => {
  const states = [1, 2].map(() => {
    const {optimizer, train, variables, dispose} = setUp("mobilenetv2_0.35", phases.all);
    const program = compile({train}, variables);
    losses(program, optimizer, 4);
    program.read();
    const values = valuesOf(variables);
    program.dispose();
    dispose();
    return values;
  });
  assert.deepEqual(states[0], states[1]);
});

test("the training step of every network compiles", {skip}, () => {
  for (const {id} of architectures) {
    const {train, variables, dispose} = setUp(id, phases.all);
    const program = compile({train}, variables);
    program.dispose();
    dispose();
  }
});
