import assert from "node:assert/strict";
import test from "node:test";
import {macroF1} from "../../src/lib/evaluation/classification.js";
import {confusionMatrix} from "../../src/lib/evaluation/confusion.js";
import {mix, searchWeights, selectGreedily} from "../../src/lib/evaluation/ensemble.js";
import {argmax} from "../../src/lib/evaluation/predictions.js";
import {mulberry32} from "../../src/lib/support/random.js";
import {near} from "./reference.js";

const random = mulberry32(11);
const labels = Array.from({length: 90}, (_, i) => i % 3);

/** Probabilities that know each label with some strength, and noise of their own. */
const member = (strength: number): number[] =>
  labels.flatMap((label) => {
    const raw = [0, 1, 2].map((k) => random() + (k === label ? strength * random() : 0));
    return raw.map((value) => value / (raw[0] + raw[1] + raw[2]));
  });
const members = [member(0.9), member(0.7), member(0.5)];
const judge = (probabilities: ArrayLike<number>) => macroF1(confusionMatrix(labels, argmax(probabilities, 3), 3));

/** Every point of the grid of the simplex. */
function grid(count: number, units: number): number[][] {
  if (count === 1) return [[units]];
  return Array.from({length: units + 1}, (_, first) =>
    grid(count - 1, units - first).map((rest) => [first, ...rest])
  ).flat();
}

test("a mixture is the weighted mean of probabilities, whatever the weights sum to", () => {
  const mixed = mix([[0.8, 0.2], [0.4, 0.6]], [3, 1]); // prettier-ignore
  near(mixed[0], 0.7);
  near(mixed[1], 0.3);
  assert.deepEqual(mix([[0.8, 0.2], [NaN, NaN]], [1, 0]), Float64Array.of(0.8, 0.2)); // prettier-ignore
});

test("what cannot be mixed is refused", () => {
  assert.throws(() => mix([[1], [1]], [0, 0]), /Weights 0, 0 do not suit 2 networks/);
  assert.throws(() => mix([[1], [1]], [1]), /do not suit/);
  assert.throws(() => mix([[1], [1]], [2, -1]), /do not suit/);
  assert.throws(() => mix([[1], [1, 2]], [1, 1]), /different numbers of images/);
});

test("the search finds the best point of the whole grid for three members", () => {
  const best = Math.max(...grid(3, 10).map((units) => judge(mix(members, units))));
  const {weights, score} = searchWeights(members, judge, {resolution: 10, restarts: 30, seed: 1});
  near(score, best);
  near(judge(mix(members, weights)), best);
  near(weights.reduce((a, b) => a + b), 1); // prettier-ignore
  for (const weight of weights) near(10 * weight, Math.round(10 * weight));
});

test("where no weights are better than equal ones, they stay equal", () => {
  const {weights} = searchWeights(members, () => 1, {resolution: 9, restarts: 5, seed: 1});
  weights.forEach((weight) => near(weight, 1 / 3));
});

test("the seed decides where the search starts, and nothing else does", () => {
  const search = (seed: number) => searchWeights(members, judge, {resolution: 20, restarts: 2, seed});
  assert.deepEqual(search(1), search(1));
});

test("one member gets all of the weight", () => {
  const options = {resolution: 4, restarts: 1, seed: 1};
  assert.deepEqual(searchWeights([members[0]], judge, options).weights, [1]);
  assert.deepEqual(selectGreedily([members[0]], judge, 3).weights, [1]);
});

test("greedy selection begins with the best member and never ends below it", () => {
  const alone = members.map((probabilities) => judge(Float64Array.from(probabilities)));
  const first = selectGreedily(members, judge, 1);
  assert.equal(first.weights.indexOf(1), alone.indexOf(Math.max(...alone)));
  const {weights, score} = selectGreedily(members, judge, 20);
  assert.ok(score >= Math.max(...alone));
  near(judge(mix(members, weights)), score);
});

test("greedy selection joins members one by one", () => {
  // The judge wants twice as much of the second as of the first, and none of the third.
  const units = [[1, 0, 0], [0, 1, 0], [0, 0, 1]]; // prettier-ignore
  const wish = [1 / 3, 2 / 3, 0];
  const like = (mixture: Float64Array) => -wish.reduce((sum, share, m) => sum + (share - mixture[m]) ** 2, 0);
  selectGreedily(units, like, 5).weights.forEach((weight, m) => near(weight, wish[m]));
});
