import assert from "node:assert/strict";
import {join} from "node:path";
import {test} from "node:test";
import {collect} from "../../../src/lib/pipeline/index.js";
import {openPublished} from "../../../src/lib/pipeline/published.js";
import type {Node} from "../../../src/lib/pipeline/types.js";
import {root} from "../../../src/lib/support/paths.js";
import {nodes} from "../../../src/report/nodes.js";
import {outlierDetector} from "../../../src/report/predict/outlier-detector.js";
import * as shapes from "../../../src/report/runs/shapes.js";
import {weightRounding} from "../../../src/report/runs/weight-rounding.js";
import {weightParts} from "../../../src/report/runs/weights.js";
import {study} from "../../../src/study.js";

const all = (): Node[] => {
  const ofNetworks = study.runs.flatMap((run) => [
    ...weightParts({study, run}),
    weightRounding({study, run}),
    outlierDetector({study, run})
  ]);
  return collect([...nodes(), ...ofNetworks]).filter(({publish}) => publish);
};

test("every stage that publishes says what its value looks like", () => {
  assert.deepEqual(
    all().flatMap(({id, shape}) => (shape ? [] : id)),
    []
  );
});

test("every published value of the study looks as its stage says", () => {
  const published = openPublished(join(root, "data/published"));
  const found = all().filter((node) => published.find(node));
  assert.ok(found.length > 400, `${found.length} found`);
});

test("a table's columns have a whole number of entries a row", () => {
  const images = {rows: Int32Array.of(0, 1), labels: Int32Array.of(0, 0), classes: ["a", "b", "c"]};
  const of = (length: number, changes = {}) =>
    shapes.predictions.safeParse({...images, probabilities: new Float32Array(length), ...changes}).success;
  assert.ok(of(6));
  assert.ok(!of(5), "a value is missing");
  assert.ok(!of(8), "a class has no name");
  assert.ok(!of(6, {labels: Int32Array.of(0)}), "a label is missing");
  assert.ok(!of(6, {rows: [0, 1]}), "rows are no typed array");
  assert.ok(!of(6, {classes: undefined}), "there are no classes");
  assert.ok(of(0, {rows: new Int32Array(), labels: new Int32Array()}), "no image is a table without rows");
});
