import assert from "node:assert/strict";
import {test} from "node:test";
import {farShare, outlyingness} from "../../src/stages/outlyingness.js";

test("a distance is told as the share of validation images that are nearer, and as far beyond nearly all", () => {
  const validation = Float32Array.from({length: 200}, (_, i) => i);
  const [least, middle, last, beyond] = outlyingness(Float32Array.of(0, 100, 199 * farShare, 500), validation);
  assert.deepEqual(least, {distance: 0, share: 0, far: false});
  assert.deepEqual(middle, {distance: 100, share: 0.5, far: false});
  assert.ok(last.share < 1 && last.far, `${last.share} of them are nearer`);
  assert.deepEqual([beyond.share, beyond.far], [1, true]);
});
