import assert from "node:assert/strict";
import {readdirSync, readFileSync} from "node:fs";
import {test} from "node:test";
import {fixed, percentage} from "../../../src/lib/measures/decimal.js";
import {brief, percent, round, shorten} from "../../../src/report/shared/rounding.js";
import {mulberry32} from "../../../src/lib/measures/random.js";

const random = mulberry32(1);
/** Numbers of all sizes and both signs, half of them with few decimals, so that many are ties. */
const numbers = Array.from({length: 20_000}, () => {
  const value = (random() - 0.5) * 10 ** Math.floor(9 * random() - 5);
  return random() < 0.5 ? value : Number(value.toFixed(Math.floor(7 * random())));
});

test("0.80497 is 0.80 on a page, whatever number of digits an artifact keeps", () => {
  for (const digits of [3, 4, 5, 6]) assert.equal(fixed(round(0.80497, digits), 2), "0.80");
  assert.equal(fixed(shorten({value: 0.80497, low: 0, high: 1}).value, 2), "0.80");
  assert.equal(fixed(brief(0.80497), 2), "0.80");
});

test("a number that an artifact has rounded is rounded on a page as the number itself would be", () => {
  for (const value of numbers) {
    for (const digits of [2, 3, 4, 6]) {
      const shortened = round(value, digits);
      // Fewer significant digits than the artifact has.
      const most = digits - 2 - Math.floor(Math.log10(Math.abs(value) || 1));
      for (let decimals = 0; decimals <= Math.min(most, 8); ++decimals) {
        assert.equal(fixed(shortened, decimals), fixed(value, decimals), `${value}, ${digits} digits`);
      }
    }
  }
});

test("what is shortened is near, keeps its sign, and is left alone where it is short", () => {
  for (const value of numbers) {
    for (const digits of [1, 2, 4, 6]) {
      const off = Math.abs(round(value, digits) - value);
      assert.ok(off <= 10 ** (Math.floor(Math.log10(Math.abs(value) || 1)) + 1 - digits) * (1 + 1e-9), `${value}`);
      assert.equal(round(-value, digits) + 0, 0 - round(value, digits));
    }
  }
  for (const value of [0, 1, -2, 0.5, 0.125, 1e-7, 12e9, NaN, Infinity]) assert.equal(round(value), value);
  assert.deepEqual([round(0.1, 1), round(9.99, 2), round(-0.500001, 2)], [0.1, 9.9, -0.5]);
});

test("the noise of sums and quotients is not taken for a part of a number", () => {
  assert.deepEqual(
    [0.3 - 0.1, 0.1 + 0.2, 1 - 0.9, 3 * 1.1].map((value) => round(value)),
    [0.2, 0.3, 0.1, 3.3]
  );
  assert.equal(fixed(0.563 - 0.278, 2), "0.29");
  assert.equal(fixed(0.278 - 0.563, 2), "−0.29");
});

test("an estimate keeps what else it has", () => {
  assert.deepEqual(shorten({value: 1 / 3, low: -1 / 3, high: 2, k: 1, n: 3}), {
    ...{value: 0.333333, low: -0.333333, high: 2},
    ...{k: 1, n: 3}
  });
  assert.equal(shorten({value: 0, low: 0, high: 0, p: 0.04999999}).p, 0.0499999);
});

test("a probability keeps three decimals, or two digits where it is small", () => {
  assert.deepEqual(
    [1, 0.12, 0.1234, 0.0412345, 0.00123, 0.000456789, 0].map(brief),
    [1, 0.12, 0.123, 0.041, 0.001, 0.00045, 0]
  );
});

test("whole percents in sentences that the build writes are rounded as the pages round them", () => {
  for (const value of numbers) {
    assert.equal(percent(value), percentage(value, 0));
  }
});

test("no page and no loader rounds by another rule", () => {
  for (const folder of ["docs", "src/loaders", "src/report"]) {
    const files = readdirSync(folder, {recursive: true, encoding: "utf8"}).filter(
      (name) => !name.includes(".observablehq")
    );
    for (const file of files.filter((name) => /(?<!rounding)\.(ts|md)$/.test(name))) {
      const text = readFileSync(`${folder}/${file}`, "utf8");
      assert.doesNotMatch(text, /\btoFixed|\btoPrecision/, `${folder}/${file}`);
    }
  }
});
