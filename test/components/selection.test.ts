import assert from "node:assert/strict";
import {test} from "node:test";
import {type Box, type Point, points, steer, summarize, within} from "../../docs/components/selection.js";
import {classes, source} from "./fixtures.js";

const all = points(
  {
    run: "a",
    title: "A",
    row: [7, 8, 9],
    actual: [0, 1, 1],
    predicted: [0, 1, 2],
    x: [0, 5, 10],
    y: [0, 5, 10],
    kl: 1,
    purityMap: 1,
    purityFeatures: 1,
    trustworthiness: 1,
    source
  },
  classes
);
const place = (p: Point): [number, number] => [p.x * 10, 100 - p.y * 10];
const frame: Box = [0, 0, 100, 100];

test("labels become class names", () =>
  assert.deepEqual(all[2], {row: 9, actual: "viral", predicted: "bacteria", x: 10, y: 10}));

test("a box selects the points whose place on the screen lies inside, edges included", () => {
  assert.deepEqual(
    within(all, [50, 0, 100, 50], place).map(({row}) => row),
    [8, 9]
  );
  assert.deepEqual(within(all, [1, 1, 2, 2], place), []);
  assert.equal(within(all, null, place).length, 3);
});

test("the first arrow key puts a box in the middle of the frame", () => {
  assert.deepEqual(steer(null, "ArrowLeft", false, frame), [37.5, 37.5, 62.5, 62.5]);
});

test("arrows move a box and stop at the frame without changing its size", () => {
  assert.deepEqual(steer([10, 10, 30, 30], "ArrowRight", false, frame, 5), [15, 10, 35, 30]);
  assert.deepEqual(steer([3, 10, 30, 30], "ArrowLeft", false, frame, 5), [0, 10, 27, 30]);
  assert.deepEqual(steer([10, 75, 30, 98], "ArrowDown", false, frame, 5), [10, 77, 30, 100]);
});

test("Shift and arrows resize a box, never to nothing and never beyond the frame", () => {
  assert.deepEqual(steer([10, 10, 30, 30], "ArrowDown", true, frame, 5), [10, 10, 30, 35]);
  assert.deepEqual(steer([10, 10, 15, 30], "ArrowLeft", true, frame, 5), [10, 10, 15, 30]);
  assert.deepEqual(steer([10, 10, 98, 30], "ArrowRight", true, frame, 5), [10, 10, 100, 30]);
});

test("Escape removes the box, and other keys are left to the page", () => {
  assert.equal(steer([1, 1, 2, 2], "Escape", false, frame), null);
  assert.equal(steer([1, 1, 2, 2], "Tab", false, frame), undefined);
});

test("a selection is summed up by class and outcome", () => {
  const {byClass, right, total} = summarize(all, classes);
  assert.deepEqual(
    byClass.map(({count}) => count),
    [1, 2, 0, 0]
  );
  assert.deepEqual([right, total], [2, 3]);
});
