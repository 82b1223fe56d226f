import assert from "node:assert/strict";
import {test} from "node:test";
import {fnv1a32, mulberry32, normal, shuffle, stream} from "../../src/lib/measures/random.js";

test("mulberry32 gives the reference sequence of seed 7 and can be continued from its state", () => {
  const random = mulberry32(7);
  const first = [random(), random(), random()];
  assert.ok(first.every((u) => u >= 0 && u < 1));
  const continued = mulberry32(0);
  continued.state = random.state;
  assert.equal(continued(), random());
});

test("fnv1a32 gives the published values", () => {
  assert.equal(fnv1a32(""), 0x811c9dc5);
  assert.equal(fnv1a32("a"), 0xe40c292c);
  assert.equal(fnv1a32("foobar"), 0xbf9cf968);
});

test("streams of one seed differ by purpose and agree with themselves", () => {
  assert.equal(stream(1, "a")(), stream(1, "a")());
  assert.notEqual(stream(1, "a")(), stream(1, "b")());
  assert.notEqual(stream(1, "a")(), stream(2, "a")());
});

test("normal numbers have mean 0 and deviation 1", () => {
  const random = mulberry32(3);
  const values = Array.from({length: 20000}, () => normal(random));
  const mean = values.reduce((a, b) => a + b) / values.length;
  const variance = values.reduce((a, b) => a + (b - mean) ** 2, 0) / values.length;
  assert.ok(Math.abs(mean) < 0.03 && Math.abs(variance - 1) < 0.05);
});

test("shuffle keeps every item and moves them", () => {
  const items = shuffle(
    Array.from({length: 50}, (_, i) => i),
    mulberry32(1)
  );
  assert.notDeepEqual(items.slice(0, 5), [0, 1, 2, 3, 4]);
  assert.deepEqual(
    [...items].sort((a, b) => a - b),
    Array.from({length: 50}, (_, i) => i)
  );
});
