import assert from "node:assert/strict";
import {test} from "node:test";
import type {NamedWeights} from "../../../src/lib/models/architecture.js";
import {join, pack, partOf, unpack} from "../../../src/lib/models/weights/packed.js";
import {mulberry32} from "../../../src/lib/measures/random.js";

const random = mulberry32(1);
const tensor = (...shape: number[]) => ({
  shape,
  data: Float32Array.from({length: shape.reduce((a, b) => a * b, 1)}, () => random() - 0.5)
});
const weights: NamedWeights = new Map([
  ["conv/kernel", tensor(3, 3, 3, 5)],
  ["conv/bias", tensor(5)],
  ["scalar", tensor()],
  ["empty", tensor(0, 2)],
  ["dense/kernel", tensor(7, 11)]
]);

test("weights come back in their order and shapes, rounded to eleven significant bits", () => {
  const back = unpack(pack(weights));
  assert.deepEqual([...back.keys()], [...weights.keys()]);
  for (const [name, {shape, data}] of weights) {
    assert.deepEqual(back.get(name)!.shape, shape);
    assert.equal(back.get(name)!.data.length, data.length);
    const near = back.get(name)!.data.every((value, i) => Math.abs(value - data[i]) <= 2 ** -11 * Math.abs(data[i]));
    assert.ok(near, `${name} is rounded to the nearest`);
  }
});

test("parts of any number join to the whole; none is larger than its share, and a value is never cut", () => {
  const whole = pack(weights);
  for (const parts of [1, 2, 3, 8, 400]) {
    const pieces = Array.from({length: parts}, (_, i) => partOf(whole, i + 1, parts));
    assert.deepEqual(join(pieces), whole, `${parts} parts`);
    const fits = pieces.every(({bytes}) => bytes.length % 2 === 0 && bytes.length <= whole.bytes.length / parts + 2);
    assert.ok(fits, `${parts} parts are of equal size`);
  }
});

test("a weight that float16 cannot hold is refused by name", () => {
  const large: NamedWeights = new Map([["norm/gamma", {shape: [1], data: Float32Array.of(1e5)}]]);
  assert.throws(() => pack(large), {name: "UserError", message: /norm\/gamma holds 100000/});
});
