import assert from "node:assert/strict";
import {test} from "node:test";
import * as tf from "@tensorflow/tfjs";
import {tryBackend, useBackend} from "../../src/lib/engine/backend.js";
import {compile, eager, step} from "../../src/lib/engine/graph/index.js";
import {averageInputs, WeightAverage} from "../../src/lib/training/average.js";

await useBackend();
const {works, reason} = await tryBackend("tensorflow");

const decay = 0.9;
const steps = [3, -1, 4, 1.5];

/** The average written out: the newest value weighs 1, each older one `decay` times as much as the one after it. */
function expected(values: readonly number[]): number {
  const weights = values.map((_, i) => decay ** (values.length - 1 - i));
  const total = weights.reduce((a, b) => a + b);
  return weights.reduce((sum, weight, i) => sum + weight * values[i], 0) / total;
}

const setUp = () => {
  const variables = [[2, 2], [3]].map((shape) => tf.tidy(() => tf.variable(tf.zeros(shape))));
  const average = new WeightAverage(variables, decay);
  /** Sets every variable to a value and averages. */
  const train = step({value: {shape: []}, ...averageInputs}, ({value, ...numbers}) => {
    for (const variable of variables) variable.assign(tf.mul(tf.ones(variable.shape), value));
    average.update(numbers);
    return {sum: tf.sum(variables[0])};
  });
  const exchange = step({}, () => {
    average.exchange();
    return {done: tf.sum(variables[0])};
  });
  const dispose = () => (tf.dispose(variables), average.dispose());
  return {variables, average, train, exchange, dispose};
};

const values = (tensors: readonly tf.Tensor[]) => tensors.flatMap((tensor) => Array.from(tensor.dataSync()));

for (const [name, make, skip] of [
  ["eager", eager, false],
  ["compiled", compile, works ? false : reason]
] as const) {
  test(`${name}: after every step it is the debiased exponential average of all values so far`, {skip}, () => {
    const before = tf.memory().numTensors;
    const {variables, average, train, exchange, dispose} = setUp();
    const program = make({train, exchange}, [...variables, average.averages]);
    steps.forEach((value, i) => {
      tf.dispose(program.run("train", {value, ...average.next()}));
      program.read();
      const wanted = expected(steps.slice(0, i + 1));
      for (const each of values([average.averages])) assert.ok(Math.abs(each - wanted) < 1e-6, `${each}, ${wanted}`);
      assert.deepEqual(new Set(values(variables)), new Set([value]));
    });
    program.dispose();
    dispose();
    assert.equal(tf.memory().numTensors, before);
  });

  test(`${name}: an exchange puts the averages into the variables, and a second one undoes it`, {skip}, () => {
    const {variables, average, train, exchange, dispose} = setUp();
    const program = make({train, exchange}, [...variables, average.averages]);
    for (const value of steps) tf.dispose(program.run("train", {value, ...average.next()}));
    program.read();
    const [weights, averages] = [values(variables), values([average.averages])];
    tf.dispose(program.run("exchange", {}));
    program.read();
    assert.deepEqual([values(variables), values([average.averages])], [averages, weights]);
    tf.dispose(program.run("exchange", {}));
    program.read();
    assert.deepEqual([values(variables), values([average.averages])], [weights, averages]);
    program.dispose();
    dispose();
  });
}

test("a restored average goes on exactly where the saved one stopped", async () => {
  const [a, b] = [setUp(), setUp()];
  const run = ({average, train}: typeof a, value: number) =>
    tf.dispose(eager({train}).run("train", {value, ...average.next()}));
  for (const value of steps) run(a, value);
  b.average.restore(await a.average.save());
  for (const each of [a, b]) run(each, 7);
  assert.deepEqual(values([a.average.averages]), values([b.average.averages]));
  a.dispose();
  b.dispose();
});
