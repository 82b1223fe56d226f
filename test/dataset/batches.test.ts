import assert from "node:assert/strict";
import test from "node:test";
import {batches, gather} from "../../src/lib/dataset/batches.js";
import {mulberry32} from "../../src/lib/measures/random.js";

const plain = (list: Int32Array[]) => list.map((batch) => [...batch]);

test("a count is batched in order; the last batch may be short or left out", () => {
  assert.deepEqual(plain(batches(5, {batchSize: 2})), [[0, 1], [2, 3], [4]]);
  assert.deepEqual(plain(batches(5, {batchSize: 2, dropLast: true})), [
    [0, 1],
    [2, 3]
  ]);
  assert.deepEqual(batches(0, {batchSize: 2}), []);
});

test("shuffled batches hold every position once, follow the seed, and leave the positions alone", () => {
  const positions = Int32Array.from({length: 50}, (_, i) => 10 * i);
  const shuffled = batches(positions, {batchSize: 8, random: mulberry32(1)});
  assert.deepEqual(
    shuffled.map(({length}) => length),
    [8, 8, 8, 8, 8, 8, 2]
  );
  assert.deepEqual(
    shuffled.flatMap((batch) => [...batch]).sort((a, b) => a - b),
    [...positions]
  );
  assert.notDeepEqual(
    shuffled.flatMap((batch) => [...batch]),
    [...positions]
  );
  assert.deepEqual(batches(positions, {batchSize: 8, random: mulberry32(1)}), shuffled);
  assert.equal(positions[1], 10);
});

test("a batch without images is refused", () => {
  assert.throws(() => batches(5, {batchSize: 0}), RangeError);
  assert.throws(() => batches(5, {batchSize: NaN}), RangeError);
});

test("gather copies images together with their rows and labels", () => {
  const pixels = {
    size: 2,
    rows: Int32Array.of(4, 5, 7),
    labels: Int32Array.of(0, 1, 2),
    data: Uint8Array.of(0, 0, 0, 0, 1, 2, 3, 4, 9, 9, 9, 9)
  };
  assert.deepEqual(gather(pixels, [2, 1, 1]), {
    size: 2,
    rows: Int32Array.of(7, 5, 5),
    labels: Int32Array.of(2, 1, 1),
    data: Uint8Array.of(9, 9, 9, 9, 1, 2, 3, 4, 1, 2, 3, 4)
  });
});
