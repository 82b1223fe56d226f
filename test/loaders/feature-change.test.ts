import assert from "node:assert/strict";
import {test} from "node:test";
import {describeLayers} from "../../src/loaders/feature-change.js";

test("the lowest and the highest third of the depth are averaged, what is between them is not", () => {
  const values = [0.98765432, 0.9, 0.5, 0.5, 0.3, 0.1];
  const layers = values.map((cka, i) => ({layer: `l${i}`, depth: (i + 1) / values.length, cka}));
  const {lowest, highest, layers: rounded} = describeLayers(layers);
  assert.deepEqual([lowest, highest], [0.943827, 0.2]);
  assert.deepEqual(rounded[0], {layer: "l0", depth: 0.166666, cka: 0.987654});
});
