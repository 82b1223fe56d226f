import * as tf from "@tensorflow/tfjs";
import assert from "node:assert/strict";
import {test} from "node:test";
import {randomly} from "../../../src/lib/models/initialise.js";
import {
  faithfulness,
  faithfulnessEvaluation,
  methods,
  sanity,
  sanityEvaluation
} from "../../../src/report/explanations/explain.js";
import {brighterThan, chance, context, near, plain, toyStudy, withSpots} from "../toy.js";

const study = toyStudy();
study.analyses = {...study.analyses, explanations: {images: 2, steps: 4, parts: 1, seed: 1}};
const args = {study, run: study.runs[0]};
const classes = ["dark", "bright"];

/** Six images of two classes, of other grey levels, each with one white pixel. */
const levels = [40, 60, 50, 70, 45, 65];
/** In the corners, but for the last two, which lie in the middle. */
const places = [0, 31, 992, 1023, 495, 528];
const images = withSpots(plain(levels, {labels: [0, 1, 0, 1, 0, 1], size: 32}), places);
const at = (row: number) => images.rows.indexOf(row);

/** What the stages get where these images are taken for bright, and the others for dark. */
const given = (bright: number[]) => ({
  training: {weights: brighterThan(0.5)},
  inventory: {classes},
  images,
  predictions: {
    classes,
    probabilities: Float32Array.from(levels.flatMap((_, i) => (bright.includes(i) ? [0, 1] : [1, 0])))
  }
});

const everyone = [0, 1, 2, 3, 4, 5];

test("every other method explains what is predicted of an image, by its place in the list and not in the sample", async () => {
  const {rows, layer, methods: found} = await methods(args).run(given([1, 3, 5]), context());
  assert.deepEqual([layer, found.map(({method}) => method)], ["conv", ["grad-cam++", "hires-cam", "layer-cam"]]);
  assert.deepEqual(Array.from(rows, (row) => images.labels[at(row)]).sort(), [0, 1]);
  for (const {method, size, peaks, grids} of found) {
    rows.forEach((row, i) => {
      const grid = grids.subarray(i * size ** 2, (i + 1) * size ** 2);
      if (images.labels[at(row)] === 0) assert.equal(peaks[i], 0, `${method}: nothing speaks for dark`);
      else assert.equal(grid.indexOf(255), places[at(row)], method);
    });
  }
});

/** Maps of all images: each says that its white pixel matters. */
const maps = {size: 32, grids: images.data};

/** The chance of bright as pixels turn grey, 256 at a time, where the white one goes in a step. */
function deletion(i: number, step: number, grey: number) {
  const mean = (k: number) =>
    (k < step ? (1023 - 256 * k) * levels[i] + 255 : (1024 - 256 * k) * levels[i]) + 256 * k * grey;
  return [0, 1, 2, 3, 4].map((k) => chance(mean(k) / (1024 * 255), 0.5));
}
const area = (curve: number[]) => (curve.reduce((a, b) => a + b) - (curve[0] + curve[4]) / 2) / 4;

test("pixels go by an image's own map, from the middle outwards, and at random, and each order has its name", async () => {
  const {rows, orders} = await faithfulness(args).run({...given(everyone), maps}, context());
  assert.deepEqual(
    orders.map(({order}) => order),
    ["map", "centre", "random"]
  );
  const sample = Array.from(rows, at);
  const sum = sample.reduce((sum, i) => sum + 1023 * levels[i] + 255, 0);
  const grey = Math.round(sum / (1024 * sample.length));
  const [map, centre, random] = orders;
  const byMap = sample.map((i) => deletion(i, 1, grey));
  near(map.deletion.areas, byMap.map(area));
  near(
    map.deletion.curve,
    byMap[0].map((value, k) => (value + byMap[1][k]) / 2)
  );
  near(
    centre.deletion.areas,
    sample.map((i) => area(deletion(i, i < 4 ? 4 : 1, grey)))
  );
  const corner = sample.findIndex((i) => i < 4);
  assert.ok(corner >= 0 && map.deletion.areas[corner] < centre.deletion.areas[corner]);
  near([map.insertion.curve[0]], [centre.insertion.curve[0]]);
  assert.notDeepEqual(map.insertion.curve, centre.insertion.curve);
  assert.notDeepEqual(random.deletion.areas, centre.deletion.areas);
  for (const {deletion, insertion} of orders) near([insertion.curve[4]], [deletion.curve[0]]);
});

test(
  "the map's gain over a centred order is not that over a random one, and both are the map's " +
    "area less the other's",
  () => {
    const areas = (map: number, centre: number, random: number) =>
      [map, centre, random].map((area, k) => ({areas: Float32Array.of(area, area + 0.25), curve: Float32Array.of(k)}));
    const [deletion, insertion] = [areas(0.25, 0.5, 0.625), areas(0.5, 0.25, 0.125)];
    const orders = ["map", "centre", "random"].map((order, k) => ({
      ...{order, deletion: deletion[k], insertion: insertion[k]}
    }));
    const found = faithfulnessEvaluation(args).run({faithfulness: {orders}}, context()) as Evaluated;
    assert.deepEqual(
      found.map(({kind, minusCentre, minusRandom, orders}) => [
        kind,
        minusCentre.value,
        minusRandom.value,
        orders.map(({area}) => area.value)
      ]),
      [
        ["deletion", -0.25, -0.375, [0.375, 0.625, 0.75]],
        ["insertion", 0.25, 0.375, [0.625, 0.375, 0.25]]
      ]
    );
    assert.deepEqual(
      found[1].orders.map(({order, curve}) => [order, curve[0]]),
      [
        ["map", 0],
        ["centre", 1],
        ["random", 2]
      ]
    );
  }
);
type Evaluated = Awaited<ReturnType<ReturnType<typeof faithfulnessEvaluation>["run"]>>;

test("as layers become random, maps are compared with those of the trained network, an empty one counts as unlike", async () => {
  const {rows, cascade} = await sanity(args).run(given(everyone), context());
  const random = (name: string, shape: number[]) => Array.from(tf.tidy(() => randomly(1)(name, shape).dataSync()));
  const head = random("logits/kernel", [1, 2])[1];
  const body = random("conv/kernel", [1, 1, 3, 1]).reduce((a, b) => a + b);
  assert.equal(rows.length, 2);
  assert.deepEqual(
    cascade.map(({layer, share}) => [layer, share]),
    [
      ["logits", 0.5],
      ["conv", 1]
    ]
  );
  [head, head * body].forEach((sign, k) => {
    // The network is linear: a map has either the image's pattern or nothing.
    assert.equal(cascade[k].empty, sign > 0 ? 0 : 2);
    near(cascade[k].spearman, sign > 0 ? [1, 1] : [0, 0]);
    assert.ok(
      cascade[k].ssim.every((value) => (sign > 0 ? value > 0.999 : value < 0.9)),
      `${cascade[k].ssim}`
    );
  });
});

test("rank correlation and structural similarity are averaged apart, stage by stage", () => {
  const stage = (layer: string, spearman: number[], ssim: number[]) => ({
    ...{share: 0.5, layer, empty: 1},
    spearman: Float32Array.from(spearman),
    ssim: Float32Array.from(ssim)
  });
  const cascade = [stage("head", [0.5, 1], [0.25, 0.25]), stage("body", [0, 0], [0.5, 0])];
  const found = sanityEvaluation(args).run({sanity: {cascade}}, context()) as {
    layer: string;
    empty: number;
    spearman: {value: number};
    ssim: {value: number};
  }[];
  assert.deepEqual(
    found.map(({layer, empty, spearman, ssim}) => [layer, empty, spearman.value, ssim.value]),
    [
      ["head", 1, 0.75, 0.25],
      ["body", 1, 0, 0.25]
    ]
  );
});
