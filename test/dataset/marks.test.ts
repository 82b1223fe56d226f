import assert from "node:assert/strict";
import {test} from "node:test";
import {pick, toPositions, toRows} from "../../src/lib/dataset/rows.js";
import {marked, marks, plant} from "../../src/lib/dataset/marks.js";

const size = 48;
const images = (count: number, level = 100) => ({
  size,
  rows: toRows(Array.from({length: count}, (_, i) => 3 * i)),
  labels: Int32Array.from({length: count}, (_, i) => i % 2),
  data: new Uint8Array(count * size * size).fill(level)
});
const shares = (strength: number) => {
  const many = images(4000);
  const bears = marked(many, {strength, label: 1, seed: 7});
  return [0, 1].map((label) => bears.filter((bear, i) => bear && many.labels[i] === label).length / 2000);
};

test("at strength 1 the mark tells the class, at 0 nothing, at -1 the contrary", () => {
  assert.deepEqual(shares(1), [0, 1]);
  assert.deepEqual(shares(-1), [1, 0]);
  for (const share of shares(0)) assert.ok(Math.abs(share - 0.5) < 0.04, `${share}`);
  const [others, own] = shares(0.5);
  assert.ok(Math.abs(own - 0.75) < 0.03 && Math.abs(others - 0.25) < 0.03, `${others} ${own}`);
});

test("who bears a mark follows from the row and the seed, whatever other images there are", () => {
  const all = images(40);
  const planting = {strength: 0.5, label: 1, seed: 1};
  const bears = marked(all, planting);
  const some = [5, 9, 30];
  const part = {
    rows: pick(all.rows, toPositions(some)),
    labels: all.labels.filter((_, i) => some.includes(i))
  };
  assert.deepEqual(
    marked(part, planting),
    some.map((i) => bears[i])
  );
  assert.notDeepEqual(marked(all, {...planting, seed: 2}), bears);
});

test("more strength takes no mark from the class, and gives none to others", () => {
  const all = images(400);
  const [weak, strong] = [0.25, 0.75].map((strength) => marked(all, {strength, label: 1, seed: 1}));
  for (let i = 0; i < 400; ++i) assert.ok(all.labels[i] === 1 ? !weak[i] || strong[i] : weak[i] || !strong[i]);
});

test("a mark changes its square and nothing else, and only where it is to stand", () => {
  const two = images(2);
  const {data} = plant(two, "faint", [false, true]);
  const {side, margin, brightness} = marks.faint;
  const [from, to] = [Math.round(margin * size), Math.round(margin * size) + Math.round(side * size)];
  const inside = (at: number) => at >= from && at < to;
  for (let at = 0; at < data.length; ++at) {
    const [i, y, x] = [Math.floor(at / size ** 2), Math.floor(at / size) % size, at % size];
    assert.equal(data[at], i === 1 && inside(y) && inside(x) ? 100 + brightness : 100);
  }
  assert.ok(
    two.data.every((value) => value === 100),
    "the images themselves stay as they are"
  );
  assert.equal(Math.max(...plant(images(1, 250), "plain", [true]).data), 255);
});
