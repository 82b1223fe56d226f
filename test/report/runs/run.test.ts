import assert from "node:assert/strict";
import {test} from "node:test";
import type {Pixels} from "../../../src/lib/dataset/types.js";
import {logLoss} from "../../../src/lib/measures/calibration.js";
import {pca} from "../../../src/lib/explain/pca.js";
import {pack, partOf} from "../../../src/lib/models/weights/packed.js";
import {externalPredictions} from "../../../src/report/external/predictions.js";
import {components, maps, predictions, validationPredictions} from "../../../src/report/runs/run.js";
import {weightRounding} from "../../../src/report/runs/weight-rounding.js";
import {brighterThan, chance, context, near, plain, toyStudy, withSpots} from "../toy.js";

const args = (settings: object = {}, of: object = {}) => {
  const study = toyStudy(settings, [of]);
  return {study, run: study.runs[0]};
};
const classes = ["dark", "bright"];
const training = {weights: brighterThan(0.5)};
const inventory = {classes};
const secondClass = (probabilities: Float32Array) => Array.from(probabilities).filter((_, at) => at % 2 === 1);
const chances = (...levels: number[]) => levels.map((level) => chance(level / 255, 0.5));

/** The test list, and the training list, of which some validate: all of different grey levels. */
const tested = plain([10, 200, 90, 170, 60], {labels: [0, 1, 0, 1, 1]});
const listed = plain([20, 240, 130, 100, 80, 150], {labels: [0, 1, 1, 0, 0, 1], rows: [4, 9, 1, 7, 12, 2]});
const split = {train: Int32Array.of(0, 1, 4), validation: Int32Array.of(2, 3, 5)};

test("predictions are of the test images, each with its row and label", async () => {
  const found = await predictions(args()).run({training, images: tested, inventory}, context());
  assert.deepEqual([found.rows, found.labels, found.classes], [tested.rows, tested.labels, classes]);
  near(secondClass(found.probabilities), chances(10, 200, 90, 170, 60));
  const {images} = predictions(args()).inputs;
  assert.equal(images.id, "pixels/covidx-test-32");
});

test("validation predictions are of the images that were held out, and of none that trained", async () => {
  const node = validationPredictions(args());
  assert.equal(node.inputs.images.id, "pixels/covidx-train-32");
  const found = await node.run({training, images: listed, split, inventory}, context());
  assert.deepEqual([[...found.rows], [...found.labels], found.classes], [[1, 7, 2], [1, 0, 1], classes]);
  near(secondClass(found.probabilities), chances(130, 100, 150));
});

test("changed copies count in a prediction by the run's seed, and never have holes", async () => {
  const augmentation = {
    flip: false,
    rotate: 0,
    zoom: 1,
    lighting: 0.5,
    warp: 0,
    cutout: {holes: [4, 4], length: [200, 200]}
  };
  const predicted = async (settings: object, seed = 1) => {
    const node = predictions(args({...settings, augmentation}, {seed}));
    return secondClass((await node.run({training, images: tested, inventory}, context())).probabilities);
  };
  near(await predicted({testCopies: 0}), chances(10, 200, 90, 170, 60));
  const copies = await predicted({testCopies: 3});
  assert.ok(
    copies.every((value, i) => Math.abs(value - chances(10, 200, 90, 170, 60)[i]) > 1e-4),
    "they count"
  );
  assert.ok(copies[1] > 0.5 && copies[3] > 0.5, "a hole would have made the bright images dark");
  assert.notDeepEqual(await predicted({testCopies: 3}, 2), copies);
});

test("images from elsewhere keep their groups, and have their patients by row", async () => {
  const images = plain([250, 5, 120], {labels: [2, 0, 1], rows: [8, 3, 5]});
  const test = {rows: Int32Array.of(3, 4, 5, 8), patients: Int32Array.of(30, 40, 50, 80)};
  const collection = {classes: ["x", "y", "z"], splits: {test}};
  const node = externalPredictions({...args(), collection: "nih"});
  const found = await node.run({training, images, collection, inventory}, context());
  assert.deepEqual([found.rows, found.labels, found.patients], [images.rows, images.labels, Int32Array.of(80, 30, 50)]);
  assert.deepEqual([found.groups, found.classes], [["x", "y", "z"], classes]);
  near(secondClass(found.probabilities), chances(250, 5, 120));
});

/** The features of such a network: the largest value and the mean over positions. */
function featuresOf({data, rows, size}: Pixels): Float32Array {
  const values = Array.from(rows, (_, i) =>
    Array.from(data.subarray(i * size ** 2, (i + 1) * size ** 2), (value) => value / 255)
  );
  return Float32Array.from(values.flatMap((image) => [Math.max(...image), image.reduce((a, b) => a + b) / size ** 2]));
}

test("principal components are those of the test images' pooled features, as many as asked for or as there are", async () => {
  const images = withSpots(tested, [0, 3, 5, 10, 15], [100, 255, 210, 180, 80]);
  const found = async (components_: 1 | "all") => {
    const {study, run} = args();
    const analyses = {...study.analyses, pca: {components: components_ as 2}};
    return components({study: {...study, analyses}, run}).run({training, images, inventory}, context());
  };
  const expected = pca(featuresOf(images), {rows: 5, columns: 2, components: 2});
  const all = await found("all");
  assert.deepEqual([all.rows, all.labels, all.components], [images.rows, images.labels, 2]);
  near(all.scores, expected.scores);
  near(all.explained, expected.explained);
  near(
    (await found(1)).scores,
    expected.scores.filter((_, at) => at % 2 === 0)
  );
});

test("a map explains the class that is predicted of its own image, and is empty where nothing speaks for it", async () => {
  const images = withSpots(plain([40, 120, 20]), [5, 0, 10]);
  // What is said of the images need not be what the network says: the second alone is taken for bright.
  const predicted = {probabilities: Float32Array.of(0.9, 0.1, 0.2, 0.8, 0.7, 0.3), classes};
  const found = await maps(args()).run({training, images, inventory, predictions: predicted}, context());
  assert.deepEqual([found.rows, found.layer, found.size], [images.rows, "conv", 4]);
  assert.deepEqual(
    Array.from(found.peaks, (peak) => peak > 0),
    [false, true, false]
  );
  const map = Array.from(found.grids.subarray(16, 32));
  assert.deepEqual([map[0], map.indexOf(255), map[1]], [255, 0, Math.round((255 * 120) / 255)]);
  assert.ok([...found.grids.subarray(0, 16), ...found.grids.subarray(32)].every((value) => value === 0));
});

test("what rounding does is told of the validation images, exact against rounded", async () => {
  // In float16 the bias is 3.1367: the image of grey level 100, at 3.1373, changes sides.
  const weights = brighterThan(3.1374 / 8);
  const node = weightRounding(args());
  const parts = Object.fromEntries(
    Array.from({length: 8}, (_, i) => [`part-${i + 1}`, partOf(pack(new Map(Object.entries(weights))), i + 1, 8)])
  );
  assert.deepEqual(
    Object.keys(node.inputs).filter((name) => name.startsWith("part-")),
    Object.keys(parts)
  );
  const found = await node.run({training: {weights}, images: listed, split, inventory, ...parts}, context());
  assert.deepEqual([found.images, found.bytes, found.changedClass], [3, 14, 1]);
  const of = (bias: number) => [130, 100, 150].map((level) => chance(level / 255, bias / 8));
  const [exact, rounded] = [of(3.1374), of(3.13671875)];
  near([found.largestChange], [Math.max(...exact.map((value, i) => Math.abs(value - rounded[i])))], 1e-6);
  const loss = (second: number[]) =>
    logLoss(
      second.flatMap((p) => [1 - p, p]),
      [1, 0, 1]
    );
  near([found.logLoss.exact, found.logLoss.rounded], [loss(exact), loss(rounded)], 1e-6);
});
