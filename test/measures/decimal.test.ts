import assert from "node:assert/strict";
import {test} from "node:test";
import {fixed, percentage, scientific, significant} from "../../src/lib/measures/decimal.js";
import {mulberry32} from "../../src/lib/measures/random.js";

/** Half away from zero by the digits of the number's name, in whole numbers. */
function byHand(value: number, digits: number): string {
  const [mantissa, exponent] = Math.abs(value).toExponential().split("e");
  const figures = mantissa.replace(".", "");
  const kept = Number(exponent) + 1 + digits;
  const padded = figures.padEnd(Math.max(0, kept) + 1, "0");
  const units = kept < 0 ? 0n : BigInt(padded.slice(0, kept) || "0") + BigInt(padded[kept] >= "5" ? 1 : 0);
  const text = units.toString().padStart(digits + 1, "0");
  const sign = value < 0 && units > 0n ? "−" : "";
  return sign + (digits ? `${text.slice(0, -digits)}.${text.slice(-digits)}` : text);
}

test("numbers are rounded half away from zero by their decimal digits", () => {
  const random = mulberry32(3);
  for (let i = 0; i < 20_000; ++i) {
    const value = (random() - 0.5) * 10 ** Math.floor(8 * random() - 4);
    const short = random() < 0.5 ? value : Number(value.toFixed(Math.floor(6 * random())));
    const digits = Math.floor(5 * random());
    assert.equal(fixed(short, digits), byHand(short, digits), `${short}, ${digits} decimals`);
  }
});

test("what lies halfway goes up, though its binary fraction is less", () => {
  assert.deepEqual(
    [0.285, 1.005, 8.345, 0.805].map((value) => fixed(value, 2)),
    ["0.29", "1.01", "8.35", "0.81"]
  );
  assert.deepEqual(
    [0.5, 1.5, 2.5].map((value) => fixed(value, 0)),
    ["1", "2", "3"]
  );
});

test("a difference the other way round differs in its sign alone, and zero has none", () => {
  for (const value of [0.285, 2.5, 0.0149, 12]) assert.equal(fixed(-value, 2), `−${fixed(value, 2)}`);
  assert.deepEqual(
    [-0.004, -0, 0.004, -0.0049999].map((value) => fixed(value, 2)),
    ["0.00", "0.00", "0.00", "0.00"]
  );
  assert.equal(fixed(-0.005, 2), "−0.01");
  assert.equal(percentage(-0.0004, 1), "0.0%");
});

test("a share is rounded in percent as it is, not as a hundred times a binary fraction", () => {
  assert.notEqual((100 * 0.145).toFixed(0), "15");
  assert.deepEqual([percentage(0.145, 0), percentage(0.0145, 1), percentage(1, 1)], ["15%", "1.5%", "100.0%"]);
});

test("significant digits and powers of ten follow the same rule", () => {
  assert.deepEqual(
    [9.996, 0.012345, 412_345, 0.5].map((value) => significant(value, 3)),
    ["10.0", "0.0123", "412000", "0.500"]
  );
  assert.deepEqual(
    [0.00123, 0.00345, -0.00345, 125].map((value) => scientific(value, 1)),
    ["1.2e−3", "3.5e−3", "−3.5e−3", "1.3e2"]
  );
});
