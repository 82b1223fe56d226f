import assert from "node:assert/strict";
import {test} from "node:test";
import {fromFloat16, toFloat16} from "../../../src/lib/models/weights/float16.js";

test("known numbers have the bits that IEEE 754 gives them", () => {
  const known: [number, number][] = [
    [0, 0x0000],
    [-0, 0x8000],
    [1, 0x3c00],
    [-2, 0xc000],
    [1 / 3, 0x3555],
    [65504, 0x7bff],
    [2 ** -14, 0x0400],
    [2 ** -24, 0x0001],
    [Infinity, 0x7c00],
    [-Infinity, 0xfc00]
  ];
  for (const [value, bits] of known) assert.equal(toFloat16(value), bits, String(value));
  assert.ok(Object.is(fromFloat16(0x8000), -0));
  assert.ok(Number.isNaN(fromFloat16(toFloat16(NaN))));
});

test("every number of float16 is kept, and between two neighbours the nearer one wins, the even one in the middle", () => {
  const float = new Float32Array(2);
  const bits = new Uint32Array(float.buffer);
  for (let half = 0; half < 0x7c00; ++half) {
    const value = fromFloat16(half);
    const next = half === 0x7bff ? 65536 : fromFloat16(half + 1);
    assert.equal(toFloat16(value), half);
    assert.equal(toFloat16(-value), half | 0x8000);
    // The middle is a float32, as are the numbers just below and above it.
    float.fill((value + next) / 2);
    --bits[0];
    ++bits[1];
    assert.equal(toFloat16(float[0]), half);
    assert.equal(toFloat16((value + next) / 2), half & 1 ? half + 1 : half);
    assert.equal(toFloat16(float[1]), half + 1);
  }
});

test("what is too large becomes infinite, what is too small zero of the same sign", () => {
  assert.equal(toFloat16(65520), 0x7c00);
  assert.equal(toFloat16(65519), 0x7bff);
  assert.equal(toFloat16(-1e38), 0xfc00);
  assert.equal(toFloat16(2 ** -25), 0);
  assert.equal(toFloat16(-(2 ** -26)), 0x8000);
  assert.equal(toFloat16(1e-45), 0);
});
