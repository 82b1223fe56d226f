import assert from "node:assert/strict";
import {test} from "node:test";
import type {Predict} from "../../src/lib/explain/perturbation.js";
import {areaBelow, orderOf, perturb} from "../../src/lib/explain/perturbation.js";
import {mulberry32} from "../../src/lib/measures/random.js";

const size = 20;
/** The share of the white square that is still white, as a class of two. */
const square = (at: number) => at % size >= 4 && at % size < 6 && at >= 4 * size && at < 6 * size;
const image = Uint8Array.from({length: size * size}, (_, at) => (square(at) ? 255 : 40));
const predict: Predict = async ({rows, data}) =>
  Float32Array.from({length: 2 * rows.length}, (_, i) => {
    const frame = data.subarray((i >> 1) * size * size, ((i >> 1) + 1) * size * size);
    const share = frame.filter((value, at) => square(at) && value > 200).length / 4;
    return i % 2 ? share : 1 - share;
  });
const options = {size, label: 1, steps: 100, grey: 90, predict};
const order = (f: (at: number) => number) =>
  orderOf(
    Float32Array.from({length: size * size}, (_, at) => f(at)),
    mulberry32(1)
  );

test("a map of what a network uses makes its probability fall at once and rise at once", async () => {
  const {deletion, insertion} = await perturb(
    image,
    order((at) => Number(square(at))),
    options
  );
  // The square is a hundredth of the image.
  assert.deepEqual(Array.from(deletion), [1, ...new Array(100).fill(0)]);
  assert.deepEqual(Array.from(insertion), [0, ...new Array(100).fill(1)]);
  assert.ok(Math.abs(areaBelow(deletion) - 0.005) < 1e-9 && Math.abs(areaBelow(insertion) - 0.995) < 1e-9);
});

test("the opposite map is the worst, and a random order lies between", async () => {
  const worst = await perturb(
    image,
    order((at) => -Number(square(at))),
    options
  );
  const random = await perturb(
    image,
    order(() => 0),
    options
  );
  assert.ok(areaBelow(worst.deletion) > 0.97 && areaBelow(worst.insertion) < 0.03);
  for (const curve of [random.deletion, random.insertion]) assert.ok(Math.abs(areaBelow(curve) - 0.5) < 0.3);
});

test("the image is whole before the first pixel goes and after the last has come", async () => {
  const frames: Uint8Array[] = [];
  const recording: Predict = async (pixels) => {
    for (let i = 0; i < pixels.rows.length; ++i)
      frames.push(pixels.data.subarray(i * size * size, (i + 1) * size * size));
    return predict(pixels);
  };
  await perturb(
    image,
    order((at) => at),
    {...options, predict: recording}
  );
  assert.equal(frames.length, 202);
  assert.deepEqual([...frames[0]], [...image]);
  assert.ok(frames[100].every((value) => value === 90));
  assert.ok(frames[101].every((value) => value < 200)); // blurred: nothing of the square is left
  assert.deepEqual([...frames[201]], [...image]);
});

test("equal values come in an order that the seed decides", () => {
  const flat = new Float32Array(size * size);
  const [a, b, c] = [1, 1, 2].map((seed) => Array.from(orderOf(flat, mulberry32(seed))));
  assert.deepEqual(a, b);
  assert.notDeepEqual(a, c);
  assert.deepEqual(
    a.toSorted((x, y) => x - y),
    Array.from({length: size * size}, (_, i) => i)
  );
});
