import assert from "node:assert/strict";
import {test} from "node:test";
import {batchSizeOf, epochLength, epochOrder} from "../../src/lib/training/sampler.js";

const labels = Int32Array.from({length: 1000}, (_, i) => (i < 10 ? 0 : i < 300 ? 2 : 3));
const shuffled = {sampling: "shuffled", batchSize: 32} as const;
const oversampled = {sampling: "oversampled", batchSize: 32} as const;

test("a shuffled epoch shows every image at most once, in whole batches", () => {
  const order = epochOrder(labels, {...shuffled, seed: 1, epoch: 0});
  assert.equal(order.length, 31 * 32);
  assert.equal(epochLength(labels, shuffled), order.length);
  assert.equal(new Set(order).size, order.length);
  assert.ok(order.every((i) => i >= 0 && i < 1000));
});

test("the order follows from seed and epoch, and which images are left out changes", () => {
  for (const options of [shuffled, oversampled]) {
    const order = (seed: number, epoch: number) => epochOrder(labels, {...options, seed, epoch});
    assert.deepEqual(order(1, 3), order(1, 3));
    assert.notDeepEqual(order(1, 3), order(1, 4));
    assert.notDeepEqual(order(1, 3), order(2, 3));
  }
  const missing = (epoch: number) => {
    const seen = new Set(epochOrder(labels, {...shuffled, seed: 1, epoch}));
    return [...labels.keys()].filter((i) => !seen.has(i));
  };
  assert.notDeepEqual(missing(0), missing(1));
});

test("an oversampled epoch is as long as if every class were as large as the largest", () => {
  assert.equal(epochLength(labels, oversampled), Math.floor((3 * 700) / 32) * 32);
});

test("oversampled, every class is as frequent and every image of a class as likely", () => {
  const counts = new Float64Array(1000);
  const epochs = 40;
  for (let epoch = 0; epoch < epochs; ++epoch) {
    for (const i of epochOrder(labels, {...oversampled, seed: 1, epoch})) counts[i] += 1;
  }
  const drawn = epochs * epochLength(labels, oversampled);
  const share = (from: number, to: number) => counts.slice(from, to).reduce((a, b) => a + b, 0) / drawn;
  // Four standard deviations of a binomial share.
  const tolerance = 4 * Math.sqrt(((1 / 3) * (2 / 3)) / drawn);
  for (const [from, to] of [
    [0, 10],
    [10, 300],
    [300, 1000]
  ])
    assert.ok(Math.abs(share(from, to) - 1 / 3) < tolerance, `${share(from, to)}`);
  const each = drawn / 30;
  for (const count of counts.slice(0, 10))
    assert.ok(Math.abs(count - each) < 5 * Math.sqrt(each), `${count} of ${each}`);
});

test("batches of few images are so small that an epoch has four steps, and hold two at least", () => {
  for (const images of [2, 4, 9, 43, 127, 128, 5000]) {
    const batchSize = batchSizeOf(images, 32);
    assert.ok(batchSize >= 2 && batchSize <= 32);
    assert.ok(batchSize === 2 || Math.floor(images / batchSize) >= 4);
    assert.ok(epochLength(new Int32Array(images), {sampling: "shuffled", batchSize}) > 0, "an epoch is never empty");
  }
  assert.equal(batchSizeOf(128, 32), 32);
  assert.equal(batchSizeOf(127, 32), 31);
});
