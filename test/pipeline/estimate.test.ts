import assert from "node:assert/strict";
import test from "node:test";
import {inWords, slowdown, total, trainingSeconds} from "../../src/lib/pipeline/estimate.js";

const rates = [
  {model: "a", trains: "all", size: 64, imagesPerSecond: 100},
  {model: "a", trains: "all", size: 128, imagesPerSecond: 30},
  {model: "a", trains: "all", size: 128, imagesPerSecond: 20},
  {model: "a", trains: "head", size: 64, imagesPerSecond: 200},
  {model: "b", trains: "all", size: 128, imagesPerSecond: 1}
];

test("a training takes its epochs at the median rate of its network, layers and size", () => {
  const phases = [
    {trains: "head", size: 64, epochs: 2},
    {trains: "all", size: 128, epochs: 4}
  ];
  assert.equal(trainingSeconds({model: "a", phases, images: 1000}, rates), 2 * 5 + 4 * 40);
});

test("a size that nobody has measured takes the nearest rate, divided by how many more pixels it has", () => {
  const seconds = (size: number) =>
    trainingSeconds({model: "a", phases: [{trains: "all", size, epochs: 1}], images: 100}, rates);
  assert.equal(seconds(256), 16);
  assert.equal(seconds(32), 0.25);
});

test("nothing is expected of a network, or of layers, that nobody has measured", () => {
  const phases = [{trains: "head", size: 64, epochs: 1}];
  assert.equal(trainingSeconds({model: "c", phases, images: 10}, rates), undefined);
  assert.equal(trainingSeconds({model: "b", phases, images: 10}, rates), undefined);
});

test("a machine is as slow as its median computation is, and like the other while none was timed on both", () => {
  const times = (record: Record<string, number>) => new Map(Object.entries(record));
  assert.equal(slowdown(times({a: 20, b: 30, c: 7}), times({a: 10, b: 10, c: 10, d: 1})), 2);
  assert.equal(slowdown(times({a: 5, b: 1}), times({b: 0, c: 1})), 1);
  assert.equal(slowdown(times({}), times({a: 1})), 1);
});

test("an estimate is told roughly, and with what was never measured", () => {
  assert.equal(inWords(total([3, 4])), "about 10 s");
  assert.equal(inWords(total([60, 2.4])), "about 1 min");
  assert.equal(inWords(total([396])), "about 7 min");
  assert.equal(inWords(total([754])), "about 13 min");
  assert.equal(inWords(total([3 * 3600 + 500, 40])), "about 3 h 10 min");
  assert.equal(inWords(total([754, undefined])), "13 min or more");
  assert.equal(inWords(total([undefined])), "an unknown time");
});
