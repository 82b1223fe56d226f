import assert from "node:assert/strict";
import test from "node:test";
import {macroF1} from "../../src/lib/measures/classification.js";
import {confusionMatrix} from "../../src/lib/measures/confusion.js";
import {mix, pointsOf, resolutionFor, searchWeights, selectGreedily} from "../../src/lib/measures/ensemble.js";
import {argmax} from "../../src/lib/measures/predictions.js";
import {mulberry32} from "../../src/lib/measures/random.js";
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
  const mixed = mix(
    [
      [0.8, 0.2],
      [0.4, 0.6]
    ],
    [3, 1]
  );
  near(mixed[0], 0.7);
  near(mixed[1], 0.3);
  assert.deepEqual(
    mix(
      [
        [0.8, 0.2],
        [NaN, NaN]
      ],
      [1, 0]
    ),
    Float64Array.of(0.8, 0.2)
  );
});

test("what cannot be mixed is refused", () => {
  assert.throws(() => mix([[1], [1]], [0, 0]), /Weights 0, 0 do not suit 2 networks/);
  assert.throws(() => mix([[1], [1]], [1]), /do not suit/);
  assert.throws(() => mix([[1], [1]], [2, -1]), /do not suit/);
  assert.throws(() => mix([[1], [1, 2]], [1, 1]), /different numbers of images/);
});

const few = {resolution: 20, points: 12_000};

test("the search finds the best point of the whole grid, for any number of members", () => {
  for (const count of [1, 2, 3, 4, 5]) {
    for (const resolution of [1, 2, 3, 7, 12]) {
      const joined = [...members, member(0.6), member(0.4)].slice(0, count);
      const scores = grid(count, resolution).map((units) => judge(mix(joined, units)));
      const {weights, score} = searchWeights(joined, judge, {resolution, points: 12_000});
      near(score, Math.max(...scores));
      near(judge(mix(joined, weights)), score);
      near(
        weights.reduce((a, b) => a + b),
        1
      );
      for (const weight of weights) near(resolution * weight, Math.round(resolution * weight));
    }
  }
});

test("the best point is found where every way to it leads downhill", () => {
  // Of two members' weights, only one is liked, and the further from it the more the others are.
  const units = [
    [1, 0],
    [0, 1]
  ];
  const like = ([first]: Float64Array) => (Math.abs(first - 0.95) < 1e-9 ? 2 : 1 - first);
  const {weights, score} = searchWeights(units, like, few);
  near(weights[0], 0.95);
  near(score, 2);
});

test("of weights that are liked alike the nearest to equal ones are taken, then those of the earlier members", () => {
  const equal = searchWeights(members, () => 1, {...few, resolution: 9}).weights;
  equal.forEach((weight) => near(weight, 1 / 3));
  assert.deepEqual(searchWeights(members, () => 1, {...few, resolution: 4}).weights, [0.5, 0.25, 0.25]);
  const noise = mulberry32(1);
  const alike = () => 0.8 + 1e-14 * noise();
  assert.deepEqual(searchWeights(members, alike, {...few, resolution: 4}).weights, [0.5, 0.25, 0.25]);
});

test("the grid has as many points as it is said to, and becomes coarser where these would be too many", () => {
  for (const [count, resolution] of [
    [1, 20],
    [2, 20],
    [3, 20],
    [4, 6],
    [5, 3]
  ])
    assert.equal(pointsOf(count, resolution), grid(count, resolution).length);
  const finest = [1, 2, 3, 5, 6, 8, 30, 200].map((count) => resolutionFor(count, few));
  assert.deepEqual(finest, [20, 20, 20, 20, 14, 9, 3, 1]);
  for (let count = 1; count <= 200; ++count) {
    const resolution = resolutionFor(count, few);
    assert.ok(pointsOf(count, resolution) <= few.points, `${count} members`);
    assert.ok(resolution === 20 || pointsOf(count, resolution + 1) > few.points, `${count} members`);
  }
});

test("one member gets all of the weight", () => {
  assert.deepEqual(searchWeights([members[0]], judge, few).weights, [1]);
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
  const units = [
    [1, 0, 0],
    [0, 1, 0],
    [0, 0, 1]
  ];
  const wish = [1 / 3, 2 / 3, 0];
  const like = (mixture: Float64Array) => -wish.reduce((sum, share, m) => sum + (share - mixture[m]) ** 2, 0);
  selectGreedily(units, like, 5).weights.forEach((weight, m) => near(weight, wish[m]));
});
