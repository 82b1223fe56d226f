import assert from "node:assert/strict";
import test from "node:test";
import {firstReaching, kaplanMeier} from "../../src/lib/evaluation/reach.js";
import {near} from "./reference.js";

test("a run reaches a score in the first epoch that has it, and is censored at its end without", () => {
  assert.deepEqual(firstReaching([0.5, 0.8, 0.7, 0.9], 0.8), {epochs: 2, reached: true});
  assert.deepEqual(firstReaching([0.5, 0.8], 0.81), {epochs: 2, reached: false});
  assert.throws(() => firstReaching([], 0.5), /without epochs/);
});

test("censored runs count as long as they ran", () => {
  // Six runs: reached at 2 and 4, censored at 3, 5, 5, and reached at 5. At risk: 6, 4, 3.
  const run = (epochs: number, reached = true) => ({epochs, reached});
  const points = kaplanMeier([run(2), run(3, false), run(4), run(5), run(5, false), run(5, false)]);
  assert.deepEqual(
    points.map(({epochs}) => epochs),
    [0, 2, 4, 5]
  );
  [1, 5 / 6, (5 / 6) * (3 / 4), (5 / 6) * (3 / 4) * (2 / 3)].forEach((share, i) => near(points[i].share, share));
});

test("runs that never reach it leave the share at one", () => {
  assert.deepEqual(kaplanMeier([{epochs: 8, reached: false}]), [{epochs: 0, share: 1}]);
});
