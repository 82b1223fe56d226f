import assert from "node:assert/strict";
import {test} from "node:test";
import {evidenceColours, evidencePixels, overlay} from "../../src/lib/measures/palette.js";

test("anatomy stays where there is no evidence, and the peak shows through the colour as far as the opacity lets it", () => {
  const out = overlay(Uint8Array.of(10, 100, 200), [0, 0, 255], 0.5);
  assert.deepEqual(Array.from(out.subarray(0, 6)), [10, 10, 10, 100, 100, 100]);
  const {r, g, b} = evidenceColours[255];
  assert.deepEqual(
    Array.from(out.subarray(6)),
    [r, g, b].map((colour) => Math.round((colour + 200) / 2))
  );
});

test("opacity follows the value", () => {
  const reds = Array.from(overlay(new Uint8Array(6), [0, 51, 102, 153, 204, 255], 1).filter((_, i) => i % 3 === 0));
  for (let i = 1; i < reds.length; ++i) assert.ok(reds[i] > reds[i - 1]);
});

test("as pixels no evidence is transparent and the peak opaque, in the colours that an overlay mixes", () => {
  const pixels = evidencePixels(Uint8Array.of(0, 128, 255));
  assert.deepEqual([pixels[3], pixels[7], pixels[11]], [0, 128, 255]);
  assert.deepEqual(Array.from(pixels.subarray(8, 11)), Array.from(overlay(Uint8Array.of(90), [255], 1)));
});

test("brightness of the colours rises with the evidence", () => {
  const some = evidenceColours.filter((_, i) => i % 15 === 0); // neighbours differ by less than bytes can say
  const luma = some.map(({r, g, b}) => 0.2126 * r + 0.7152 * g + 0.0722 * b);
  for (let i = 1; i < luma.length; ++i) assert.ok(luma[i] > luma[i - 1], `${i}`);
});
