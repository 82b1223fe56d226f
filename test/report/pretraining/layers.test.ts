import assert from "node:assert/strict";
import {test} from "node:test";
import {featureChange} from "../../../src/report/pretraining/feature-change.js";
import {summarized} from "../../../src/report/pretraining/layers.js";
import {study} from "../../../src/study.js";
import {alone} from "../alone.js";

test("the lowest and the highest third of the depth are averaged, what is between them is not", () => {
  const values = [0.98, 0.9, 0.5, 0.5, 0.3, 0.1];
  const layers = values.map((cka, i) => ({layer: `l${i}`, depth: (i + 1) / values.length, cka, channels: 8}));
  const node = summarized({of: featureChange({study, run: study.runs[0]})});
  const {lowest, highest, layers: told} = alone(node, {layers});
  assert.deepEqual([lowest, highest], [0.94, 0.2]);
  assert.deepEqual(told[0], {layer: "l0", depth: 1 / 6, cka: 0.98});
});
