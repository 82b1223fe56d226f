import assert from "node:assert/strict";
import {test} from "node:test";
import {camColor} from "../../docs/components/explanations/cam.js";
import {rgb} from "d3";
import {overlay} from "../../src/lib/explain/overlay.js";

test(
  "anatomy stays where there is no evidence, and the peak shows through the colour as far as the " + "opacity lets it",
  () => {
    const out = overlay(Uint8Array.of(10, 100, 200), [0, 0, 255], 0.5);
    assert.deepEqual(Array.from(out.subarray(0, 6)), [10, 10, 10, 100, 100, 100]);
    const {r, g, b} = rgb(camColor(1));
    assert.deepEqual(
      Array.from(out.subarray(6)),
      [r, g, b].map((colour) => Math.round((colour + 200) / 2))
    );
  }
);

test("opacity follows the value", () => {
  const reds = Array.from(overlay(new Uint8Array(6), [0, 51, 102, 153, 204, 255], 1).filter((_, i) => i % 3 === 0));
  for (let i = 1; i < reds.length; ++i) assert.ok(reds[i] > reds[i - 1]);
});
