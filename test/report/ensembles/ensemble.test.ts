import assert from "node:assert/strict";
import {test} from "node:test";
import {fileURLToPath} from "node:url";
import {toRows} from "../../../src/lib/dataset/rows.js";
import type {Predictions} from "../../../src/lib/evaluation/predicted.js";
import type {StageContext} from "../../../src/lib/pipeline/index.js";
import {openPublished} from "../../../src/lib/pipeline/published.js";
import type {Node} from "../../../src/lib/pipeline/types.js";
import type {Run} from "../../../src/lib/study/schema.js";
import {mulberry32} from "../../../src/lib/measures/random.js";
import {ensemble, ensembleMembers, type Way} from "../../../src/report/ensembles/ensemble.js";
import {predictions, validationPredictions} from "../../../src/report/runs/run.js";
import {study} from "../../../src/study.js";

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
    rows: toRows(Int32Array.from(labels.keys())),
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

/** Weighted F1 of the members' mixture, from the definition. */
function weightedF1({labels, classes}: Predictions, members: readonly Predictions[], weights: readonly number[]) {
  const chosen = Array.from(labels, (_, i) => {
    const sums = classes.map((_, k) =>
      members.reduce((sum, {probabilities}, m) => sum + weights[m] * probabilities[i * classes.length + k], 0)
    );
    return sums.indexOf(Math.max(...sums));
  });
  const images = (holds: (i: number) => boolean) => chosen.filter((_, i) => holds(i)).length;
  const f1 = (k: number) =>
    (2 * images((i) => chosen[i] === k && labels[i] === k)) /
    (images((i) => chosen[i] === k) + images((i) => labels[i] === k));
  return classes.reduce((sum, _, k) => sum + (f1(k) * images((i) => labels[i] === k)) / labels.length, 0);
}

/** Scores of all three weights in twentieths. */
const everyTwentieth = (members: readonly Predictions[]) =>
  Array.from({length: 21}, (_, a) =>
    Array.from({length: 21 - a}, (_, b) => weightedF1(members[0], members, [a / 20, b / 20, (20 - a - b) / 20]))
  ).flat();

test("no weights in twentieths are better on the images that chose, be these of validation or of the test", () => {
  const of = (split: string, from: number) =>
    ["a", "b", "c"].map((id, m): [string, Predictions] => [`${split} ${id}`, predicted(from + m, 0.6 + 0.2 * m, 90)]);
  const inputs = Object.fromEntries([...of("test", 10), ...of("validation", 20)]);
  const three = [...members, run("c", "densenet121")];
  for (const [way, split] of [
    ["tuned", "validation"],
    ["on-test", "test"]
  ] as const) {
    const {weights} = ensemble({study, members: three, way}).run(inputs, {} as StageContext) as {weights: number[]};
    const known = three.map(({id}) => inputs[`${split} ${id}`]);
    const best = Math.max(...everyTwentieth(known));
    const found = weightedF1(known[0], known, weights);
    assert.ok(Math.abs(found - best) < 1e-9, `${way}: ${found} with ${weights.join(", ")}, not ${best}`);
  }
});

const folder = openPublished(fileURLToPath(new URL("../../../data/published", import.meta.url)));
const published = (node: Node) => folder.find(node)!.value as unknown as Predictions;

test("of the published predictions, the ensemble's weights are the best of all 231 in twentieths", () => {
  const chosen = ensembleMembers(study);
  const inputs = Object.fromEntries(
    chosen.flatMap((run): [string, Predictions][] => [
      [`test ${run.id}`, published(predictions({study, run}))],
      [`validation ${run.id}`, published(validationPredictions({study, run}))]
    ])
  );
  for (const [way, split] of [
    ["tuned", "validation"],
    ["on-test", "test"]
  ] as const) {
    const {weights} = ensemble({study, members: chosen, way}).run(inputs, {} as StageContext) as {weights: number[]};
    const known = chosen.map(({id}) => inputs[`${split} ${id}`]);
    const scores = everyTwentieth(known);
    assert.equal(scores.length, 231);
    assert.ok(
      Math.abs(weightedF1(known[0], known, weights) - Math.max(...scores)) < 1e-9,
      `${way}: ${weights.join(", ")}`
    );
  }
});
