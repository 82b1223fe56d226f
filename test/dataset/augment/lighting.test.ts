import assert from "node:assert/strict";
import test from "node:test";
import {relight} from "../../../src/lib/dataset/augment/lighting.js";

const near = (actual: number, expected: number) =>
  assert.ok(Math.abs(actual - expected) < 1e-12, `${actual} is not ${expected}`);
const logit = (value: number) => Math.log(value / (1 - value));
const sigmoid = (value: number) => 1 / (1 + Math.exp(-value));

test("without brightness and contrast a level is its share of 255, exactly", () => {
  relight(0.5, 1).forEach((tone, level) => assert.equal(tone, level / 255));
});

test("brightness adds to the logit, then contrast scales the sum", () => {
  for (const [brightness, contrast] of [
    [0.4, 1],
    [0.6, 1.25],
    [0.5, 0.8]
  ]) {
    const tones = relight(brightness, contrast);
    for (const level of [1, 50, 128, 254]) {
      near(tones[level], sigmoid(contrast * (logit(level / 255) + logit(brightness))));
    }
  }
});

test("black, white and the order of the levels are kept", () => {
  for (const [brightness, contrast] of [
    [0.3, 0.6],
    [0.7, 1.6]
  ]) {
    const tones = relight(brightness, contrast);
    assert.deepEqual([tones[0], tones[255]], [0, 1]);
    for (let level = 1; level < 256; ++level) assert.ok(tones[level] > tones[level - 1]);
  }
});
