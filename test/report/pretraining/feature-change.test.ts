import assert from "node:assert/strict";
import {test} from "node:test";
import {featureAgreement, featureChange, featurePairs} from "../../../src/report/pretraining/feature-change.js";
import {alone} from "../alone.js";
import {near, toyStudy} from "../toy.js";

const study = toyStudy({}, [
  {id: "random-1"},
  {id: "random-2", seed: 2},
  {id: "random-3", seed: 3},
  {id: "imagenet-1", initialisation: "imagenet"}
]);
const [first, second, third, pretrained] = study.runs;

/** Features of six images at some layers, row-major [6, 2]. */
const seen = (...layers: number[][]) => ({
  landmarks: layers.map((_, i) => ({layer: `l${i}`, depth: (i + 1) / 2, channels: 2})),
  features: layers.map((values) => ({values: Float32Array.from(values), columns: 2}))
});

test("runs are compared with their twins of another start, and with the next seed of their own", () => {
  assert.deepEqual(
    featurePairs(study).map(([a, b]) => [a.id, b.id]),
    [
      [pretrained.id, first.id],
      [first.id, second.id],
      [second.id, third.id]
    ]
  );
});

test("a run's change is from before its first step to its last, and an agreement that of two runs' last features", () => {
  const change = featureChange({study, run: first});
  assert.deepEqual(
    [change.id, change.inputs.start.id, change.inputs.end.id],
    ["feature-change/random-1", "start-features/random-1", "end-features/random-1"]
  );
  const agreement = featureAgreement({study, pair: [first, second]});
  assert.deepEqual(
    [agreement.id, agreement.inputs.a.id, agreement.inputs.b.id],
    ["feature-agreement/random-1/random-2", "end-features/random-1", "end-features/random-2"]
  );
  assert.deepEqual(
    [change.publish, agreement.publish].map((path) => path !== undefined && path !== false),
    [true, true]
  );
});

test("what a network starts from counts in its first features, and not in its last ones", () => {
  const features = (name: "start" | "end", run: typeof first) =>
    featureChange({study, run}).inputs[name].params as {initialisation?: string; seed?: number};
  assert.deepEqual(
    [first, second, pretrained].map((run) => [features("start", run).initialisation, features("start", run).seed]),
    [
      ["random", 1],
      ["random", 2],
      ["imagenet", 1]
    ]
  );
  assert.equal(features("end", pretrained).initialisation, undefined);
});

test("layers are compared with their own, by how alike they see the same images", () => {
  const rising = [0, 1, 1, 0, 2, 0, 3, 1, 4, 0, 5, 1];
  const other = [5, 0, 0, 0, 0, 1, 5, 0, 0, 0, 5, 1];
  const found = alone(featureChange({study, run: first}), {start: seen(rising, rising), end: seen(rising, other)});
  assert.deepEqual(
    found.map(({layer, depth}) => [layer, depth]),
    [
      ["l0", 0.5],
      ["l1", 1]
    ]
  );
  near([found[0].cka], [1]);
  assert.ok(found[1].cka < 0.5, `${found[1].cka}`);
  const pair = alone(featureAgreement({study, pair: [first, second]}), {a: seen(rising), b: seen(rising)});
  near([pair[0].cka], [1]);
});
