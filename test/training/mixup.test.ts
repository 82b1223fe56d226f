import assert from "node:assert/strict";
import {test} from "node:test";
import {mulberry32} from "../../src/lib/measures/random.js";
import {mixup} from "../../src/lib/training/mixup.js";

const count = 400;
const rows = (width: number, value: (row: number, column: number) => number) =>
  Float32Array.from({length: count * width}, (_, at) => value(Math.floor(at / width), at % width));
/** An image whose pixels all hold its row, and a target that is 1 in a column of its own. */
const batch = {values: rows(3, (row) => row), targets: rows(count, (row, column) => Number(row === column))};

test("image and target are averaged with the same partner in the same shares", () => {
  const {values, targets} = mixup(batch, count, 0.4, mulberry32(1));
  for (let i = 0; i < count; ++i) {
    const shares = targets.subarray(i * count, (i + 1) * count);
    const expected = shares.reduce((sum, share, row) => sum + share * row, 0);
    assert.ok(Math.abs(values[3 * i] - expected) < 1e-3);
    assert.equal(values[3 * i], values[3 * i + 2]);
    assert.ok(Math.abs(shares.reduce((a, b) => a + b) - 1) < 1e-6);
    assert.ok(shares[i] >= 0.5, "an example keeps the larger share of itself");
  }
});

test("the shares follow Beta(alpha, alpha), folded: a small alpha mixes little", () => {
  const meanShare = (alpha: number) => {
    const {targets} = mixup(batch, count, alpha, mulberry32(2));
    return Array.from({length: count}, (_, i) => targets[i * count + i]).reduce((a, b) => a + b) / count;
  };
  // The mean of max(s, 1 - s) is 3/4 for the uniform distribution, Beta(1, 1).
  assert.ok(Math.abs(meanShare(1) - 0.75) < 0.02);
  assert.ok(meanShare(0.1) > meanShare(0.4) && meanShare(0.4) > meanShare(1));
});

test("the same random numbers mix alike, and the batch itself is left as it was", () => {
  const before = batch.values.slice();
  const [a, b] = [1, 1].map((seed) => mixup(batch, count, 0.4, mulberry32(seed)));
  assert.deepEqual(a, b);
  assert.deepEqual(batch.values, before);
});
