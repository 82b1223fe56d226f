import assert from "node:assert/strict";
import {test} from "node:test";
import type {Predictions} from "../../src/lib/evaluation/evaluate.js";
import type {StageContext} from "../../src/lib/pipeline/index.js";
import type {Run} from "../../src/lib/study/schema.js";
import {mulberry32} from "../../src/lib/support/random.js";
import {ensemble, ensembleMembers, type Way} from "../../src/stages/ensemble.js";
import {study} from "../../src/study.js";

const run = (id: string, model: string, more: Partial<Run> = {}): Run => ({
  ...study.runs[0],
  ...{id, model, initialisation: "imagenet", ...more}
});
const members = [run("a", "xception"), run("b", "efficientnet_lite0")];

/** Predictions that know the labels with some strength. */
function predicted(seed: number, strength: number, n = 60): Predictions {
  const random = mulberry32(seed);
  const labels = Int32Array.from({length: n}, (_, i) => i % 3);
  const rows = Array.from(labels, (label) => [0, 1, 2].map((k) => random() + strength * Number(k === label)));
  return {
    rows: Int32Array.from(labels.keys()),
    labels,
    classes: ["x", "y", "z"],
    probabilities: Float32Array.from(rows.flatMap((row) => row.map((value) => value / row.reduce((a, b) => a + b))))
  };
}

/** Runs the stage alone, without a pipeline. */
const join = (way: Way, inputs: Record<string, Predictions>) =>
  ensemble({study, members, way}).run(inputs, {} as StageContext) as Predictions & {
    weights: number[];
    validation: Predictions;
  };

/** On validation only the first member knows anything, on test only the second. */
const inputs = {
  "test a": predicted(1, 0),
  "test b": predicted(2, 2),
  "validation a": predicted(3, 2),
  "validation b": predicted(4, 0)
};

test("members are the runs that the study names", () => {
  const analyses = {...study.analyses, ensemble: {members: ["b", "a"]}};
  const runs = [run("c", "xception"), ...members];
  assert.deepEqual(
    ensembleMembers({...study, runs, analyses}).map(({id}) => id),
    ["b", "a"]
  );
});

test("equal weights give the mean of the members", () => {
  const {weights, probabilities, labels} = join("average", inputs);
  assert.deepEqual(weights, [0.5, 0.5]);
  const [a, b] = [inputs["test a"], inputs["test b"]].map((member) => member.probabilities[7]);
  assert.ok(Math.abs(probabilities[7] - (a + b) / 2) < 1e-7);
  assert.deepEqual(labels, inputs["test a"].labels);
});

test("weights are chosen by the validation images, whatever the test images say", () => {
  for (const way of ["tuned", "greedy"] as const) {
    const {weights, validation} = join(way, inputs);
    assert.ok(weights[0] > 0.5, `${way}: ${weights.join(", ")}`);
    assert.equal(validation.labels.length, 60);
    const other = {...inputs, "test a": predicted(5, 2), "test b": predicted(6, 0)};
    assert.deepEqual(join(way, other).weights, weights);
  }
});

test("only the way that says so looks at the test images", () => {
  assert.ok(join("on-test", inputs).weights[1] > 0.5);
});
