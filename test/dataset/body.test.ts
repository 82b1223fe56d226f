import assert from "node:assert/strict";
import {test} from "node:test";
import {outsideBody} from "../../src/lib/dataset/body.js";
import {drawPhantom} from "../../src/lib/dataset/phantom/draw.js";

test("outside the body is what was drawn outside the body of phantoms", () => {
  let [wrong, all, drawn] = [0, 0, 0];
  for (let seed = 0; seed < 24; ++seed) {
    const {pixels, outside, lungs} = drawPhantom({seed, label: seed % 4, size: 96});
    const found = outsideBody(pixels, 96);
    outside.forEach((truth, at) => (wrong += Number(found[at] > 0) ^ truth));
    lungs.forEach((lung, at) => assert.ok(!(lung && found[at]), "the lungs are in the body"));
    drawn += outside.reduce((a, b) => a + b, 0);
    all += outside.length;
  }
  assert.ok(drawn > 0.05 * all, "there is something to find");
  assert.ok(wrong < 0.02 * all, `${((100 * wrong) / all).toFixed(1)}% of the pixels are wrong`);
});

test("letters in the air beside the body are outside", () => {
  const pixels = new Uint8Array(100);
  for (const y of [3, 4, 5, 6, 7, 8]) pixels.fill(200, 10 * y + 3, 10 * y + 8);
  pixels[10 * 5 + 5] = 0; // a lung
  pixels[11] = 255; // a letter
  const outside = outsideBody(pixels, 10);
  assert.deepEqual([outside[11], outside[0], outside[55], outside[44]], [255, 255, 0, 0]);
});

test("nothing is outside the body that fills the image, and a black image has no body", () => {
  assert.ok(outsideBody(new Uint8Array(64).fill(90), 8).every((value) => value === 0));
  assert.ok(outsideBody(new Uint8Array(64), 8).every((value) => value === 255));
});
