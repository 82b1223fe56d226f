import assert from "node:assert/strict";
import {test} from "node:test";
import {enclosed, nearest, place, points, step, summarize} from "../../../docs/components/map/selection.js";
import {classes, mapArtifact} from "../fixtures.js";

const all = points(mapArtifact, classes);
/** Four points at the corners of a square of 100 pixels, and one in the middle. */
const places = Float64Array.of(0, 0, 100, 0, 0, 100, 100, 100, 50, 45);

test("labels become class names, and a missing numbering is said so", () => {
  assert.deepEqual(
    all.map(({row, actual, predicted, numbering}) => [row, actual, predicted, numbering]),
    [
      [7, "COVID-19", "COVID-19", "none"],
      [8, "viral", "viral", "IM"],
      [9, "viral", "bacteria", "person"]
    ]
  );
});

test("places fill a square with a margin, upwards", () => {
  const found = place({x: [-999, 0, 999], y: [-999, 0, 999]}, 200, 10);
  assert.deepEqual([...found], [10, 190, 100, 100, 190, 10]);
});

test("a line encloses the points inside it", () => {
  assert.deepEqual(
    enclosed(places, [
      [-5, -5],
      [110, -5],
      [60, 60],
      [-5, 20]
    ]),
    [0, 1, 4]
  );
});

test("the nearest point is found within reach, and none beyond it", () => {
  assert.equal(nearest(places, 47, 52), 4);
  assert.equal(nearest(places, 20, 20), undefined);
  assert.equal(nearest(places, 20, 20, 40), 0);
});

test("an arrow key leads to the nearest point in its direction", () => {
  assert.equal(step(places, 0, "ArrowRight"), 4, "nearer than the corner, though not straight ahead");
  assert.equal(step(places, 4, "ArrowLeft"), 0);
  assert.equal(step(places, 3, "ArrowLeft"), 2);
  assert.equal(step(places, 1, "ArrowRight"), undefined);
});

test("the first arrow key leads to the first point, and other keys are left to the page", () => {
  assert.equal(step(places, undefined, "ArrowDown"), 0);
  assert.equal(step(places, undefined, "Tab"), undefined);
  assert.equal(step(places, 2, "Enter"), undefined);
});

test("a selection is summed up by class and outcome", () => {
  const {byClass, right, total} = summarize(all, classes);
  assert.deepEqual(
    byClass.map(({count}) => count),
    [1, 2, 0, 0]
  );
  assert.deepEqual([right, total], [2, 3]);
});
