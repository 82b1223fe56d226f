import assert from "node:assert/strict";
import {test} from "node:test";
import {toRows} from "../../../src/lib/dataset/rows.js";
import {knnPurity} from "../../../src/lib/explain/map-quality.js";
import {fitTemperature} from "../../../src/lib/measures/temperature.js";
import type {Predictions} from "../../../src/lib/evaluation/predicted.js";
import {mulberry32} from "../../../src/lib/measures/random.js";
import {comparison} from "../../../src/report/results/compare.js";
import {classComparison} from "../../../src/report/pretraining/compare-classes.js";
import {embedding} from "../../../src/report/map/embed.js";
import {ensembleEvaluation} from "../../../src/report/ensembles/ensemble.js";
import {evaluation} from "../../../src/report/results/evaluate.js";
import {externalComparison, externalEvaluation} from "../../../src/report/external/evaluation.js";
import {externalOverlap} from "../../../src/report/external/predictions.js";
import {predictions} from "../../../src/report/runs/run.js";
import {context, near, plain, toyStudy, withSpots} from "../toy.js";

const study = toyStudy({}, [{id: "a"}, {id: "b", initialisation: "imagenet"}]);
const [first, second] = study.runs;
const args = {study, run: first};

/** Twelve images of two classes; those at these places are taken for the other one, a bit less surely. */
const predicted = (wrong: number[]): Predictions => {
  const labels = Int32Array.from({length: 12}, (_, i) => i % 2);
  const rows = toRows(Int32Array.from(labels, (_, i) => 40 - 3 * i));
  const probabilities = Array.from(labels, (label, i) => {
    const chosen = wrong.includes(i) ? 1 - label : label;
    const sure = wrong.includes(i) ? 0.625 : 0.875;
    return chosen === 0 ? [sure, 1 - sure] : [1 - sure, sure];
  });
  return {rows, labels, classes: ["x", "y"], probabilities: Float32Array.from(probabilities.flat())};
};
/** On validation one image is wrong, on test four. */
const [validation, tested] = [predicted([0]), predicted([0, 2, 4, 5])];

test("a run's scores are of the test images, and its temperature of the validation images", async () => {
  const inputs = {predictions: tested, validation};
  const found = await evaluation(args).run(inputs, context());
  assert.deepEqual([found.overall.accuracy.k, found.overall.accuracy.n], [8, 12]);
  near([found.validation!.accuracy], [11 / 12]);
  assert.equal(found.calibrated!.temperature, fitTemperature(validation.probabilities, validation.labels));
  assert.notEqual(found.calibrated!.temperature, fitTemperature(tested.probabilities, tested.labels));
  const {inputs: nodes} = evaluation(args);
  assert.deepEqual([nodes.predictions.id, nodes.validation.id], ["predictions/a", "validation-predictions/a"]);
});

test("an ensemble is scored on the test images, with the temperature of its validation images", async () => {
  const node = ensembleEvaluation({study, members: [first, second], way: "average"});
  const found = await node.run({predictions: {...tested, weights: [1], validation}}, context());
  assert.equal(found.overall.accuracy.k, 8);
  near([found.validation!.accuracy], [11 / 12]);
});

test("a comparison is the first less the second, overall and in every class", async () => {
  const [a, b] = [predictions({study, run: first}), predictions({study, run: second})];
  const inputs = {a: predicted([1]), b: tested};
  const overall = await comparison({study, a, b}).run(inputs, context());
  near([overall.accuracy.value], [11 / 12 - 8 / 12]);
  assert.deepEqual(overall.mcnemar.table, [
    [7, 4],
    [1, 0]
  ]);
  const {classes} = await classComparison({study, a, b}).run(inputs, context());
  near(
    classes.map(({recall}) => recall.value),
    [1 - 3 / 6, 5 / 6 - 5 / 6]
  );
  assert.equal(comparison({study, a, b}).id, "comparison/predictions/a/predictions/b");
  assert.equal(classComparison({study, a, b}).inputs.b.id, "predictions/b");
});

test("a map's classes are those of its own points, and it has a row for each", async () => {
  const random = mulberry32(3);
  const labels = Int32Array.from({length: 24}, (_, i) => i % 2);
  const scores = Float32Array.from([...labels].flatMap((label) => [5 * label + random(), random()]));
  const rows = toRows(Int32Array.from(labels, (_, i) => 50 - i));
  const tsne = {perplexities: [3], iterations: 250, seeds: [1]};
  const of = {study: {...study, analyses: {...study.analyses, tsne}}, run: first};
  const found = await embedding(of).run({features: {rows, labels, scores}}, context());
  assert.deepEqual([found.rows, found.labels, found.maps.length], [rows, labels, 2]);
  assert.deepEqual([found.purity, knnPurity(scores, labels, 10)], [1, 1]);
  assert.equal(embedding(of).inputs.features.id, "components/a");
});

/** Images of another hospital, half of them healthy, an image a patient; `normal` is what is said of each. */
const elsewhere = (normal: number[]) => ({
  rows: toRows(Int32Array.from(normal, (_, i) => 2 * i)),
  labels: Int32Array.from(normal, (_, i) => i % 2),
  groups: ["No finding", "Pneumonia"],
  patients: Int32Array.from(normal.keys()),
  classes: ["COVID-19", "normal"],
  probabilities: Float32Array.from(normal.flatMap((p) => [1 - p, p]))
});
const many = (healthy: number, ill: number) => Array.from({length: 24}, (_, i) => (i % 2 ? ill : healthy));

test("the healthy of a collection are those of its own words, and their area is of the probability of normal", async () => {
  const node = externalEvaluation({study, collection: "nih", runs: [first]});
  const found = await node.run({overlap: [], "of a": elsewhere(many(0.9, 0.2))}, context());
  assert.equal(found.area!.value, 1);
  assert.equal((await node.run({overlap: [], "of a": elsewhere(many(0.2, 0.9))}, context())).area!.value, 0);
  assert.deepEqual(
    [node.id, externalEvaluation({study, collection: "nih", runs: [first, second]}).id],
    ["external-evaluation/nih/a", "external-evaluation/nih/ensemble"]
  );
});

test(
  "what pretraining changes elsewhere is the pretrained run less its twin, without the images " +
    "that the lists hold too",
  async () => {
    const node = externalComparison({study, collection: "nih", pretrained: second, scratch: first});
    assert.deepEqual(
      [node.id, node.inputs.pretrained.id],
      ["external-comparison/nih/b/a", "external-predictions/nih/b"]
    );
    const inputs = {pretrained: elsewhere(many(0.2, 0.9)), scratch: elsewhere(many(0.9, 0.9))};
    const found = await node.run({...inputs, overlap: []}, context());
    assert.deepEqual(
      found.groups.map(({label, difference}) => [label, difference.value]),
      [
        ["No finding", 1],
        ["Pneumonia", 0]
      ]
    );
    assert.equal(found.area!.value, 0 - 0.5);
    const few = await node.run({...inputs, overlap: [0, 4, 8].map((row) => ({row}))}, context());
    assert.deepEqual(
      few.groups.map(({label}) => label),
      ["Pneumonia"],
      "nine patients of the first are left"
    );
  }
);

test("overlap is told by the list in which an image occurs, and by the rows of both", async () => {
  const picture = (place: number, row: number) => withSpots(plain([10], {rows: [row]}), [place]);
  const join = (...pictures: ReturnType<typeof picture>[]) => ({
    size: 4,
    rows: toRows(Int32Array.from(pictures.flatMap(({rows}) => [...rows]))),
    labels: new Int32Array(pictures.length),
    data: Uint8Array.from(pictures.flatMap(({data}) => [...data]))
  });
  const own = join(picture(1, 5), picture(2, 6), picture(3, 7), picture(3, 9));
  const lists = {train: join(picture(8, 20), picture(2, 21)), test: join(picture(1, 30), picture(9, 31))};
  const found = await externalOverlap({study, collection: "nih"}).run({own, ...lists}, context());
  assert.deepEqual(
    found.map(({among, row, other}) => [among, row, other]),
    [
      ["train", 6, 21],
      ["test", 5, 30],
      ["own", 9, 7]
    ]
  );
  assert.ok(found.every(({correlation}) => correlation > 0.99));
});
